using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting;

/// <summary>Where the app keeps what it writes on a developer's machine under Core Tools.</summary>
internal static class DataFolder
{
    public static string Of(IConfiguration configuration) => Path.Combine(AppContext.BaseDirectory, ".local");
}
