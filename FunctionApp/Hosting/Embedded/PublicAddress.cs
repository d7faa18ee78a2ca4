using EmbeddedHost;
using FunctionApp.Functions.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Hosting;

/// <summary>At which address people reach this server, where no setting says so.</summary>
internal static class PublicAddress
{
    /// <summary>In development the host's own; it tells where it serves a function.</summary>
    public static Uri? Of(IServiceProvider services)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return null;
        var page = services.GetRequiredService<EmbeddedHostInfo>().Functions.SingleOrDefault(function => function.Name == nameof(GetAccountPage));
        return page?.Url is { } url ? new(url) : null;
    }
}
