using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Configuration;

/// <summary>The app's settings, later sources over earlier ones. The only place that reads the environment.</summary>
internal static class SettingSources
{
    /// <summary>As Core Tools: development unless told otherwise.</summary>
    private const string DefaultEnvironment = "Development";

    public static void AddTo(IConfigurationBuilder configuration, EmbeddedHostOptions options)
    {
        if (options.UseLocalSettings)
            configuration.AddInMemoryCollection(LocalSettings.Read(options.ContentRoot));

        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine([.. options.Args]);
        configuration.AddInMemoryCollection(options.Settings.Select(s => new KeyValuePair<string, string?>(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value)));
    }

    public static string EnvironmentName(IConfiguration configuration) => configuration["AZURE_FUNCTIONS_ENVIRONMENT"] is { Length: > 0 } name ? name : DefaultEnvironment;
}
