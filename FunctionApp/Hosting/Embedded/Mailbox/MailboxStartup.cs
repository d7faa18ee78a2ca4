using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>Puts the mailbox before the functions, of which it is none: it is on a developer's machine only.</summary>
internal sealed class MailboxStartup(IHostEnvironment environment) : IStartupFilter
{
    public const string Path = "/mailbox";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // Asked for with each request: what serves it is made with the first.
        if (environment.IsDevelopment())
            app.Map(Path, mailbox => mailbox.Run(http => http.RequestServices.GetRequiredService<MailboxRoutes>().InvokeAsync(http)));
        next(app);
    };
}
