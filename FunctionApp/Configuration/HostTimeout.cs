using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Configuration;

/// <summary>How long the host lets a function run, and so how long a job may: past it the host ends the process with everything in it.</summary>
internal static class HostTimeout
{
    private static readonly TimeSpan HostDefault = TimeSpan.FromMinutes(30);

    /// <summary>A job's limit: a tenth, and a minute at most, before the host's, so that the job fails by itself and says why. Null where the host has none.</summary>
    public static TimeSpan? Read(IConfiguration configuration, string contentRoot)
    {
        var hostJson = new ConfigurationBuilder().AddJsonFile(Path.Combine(contentRoot, "host.json"), optional: true).Build();
        var text = configuration["AzureFunctionsJobHost:functionTimeout"] ?? hostJson["functionTimeout"];
        if (text == "-1")
            return null;
        // The host itself checks the value, and says what is wrong with it.
        var timeout = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var read) ? read : HostDefault;
        // A day is more than any job should take, and what the engine's limit allows.
        timeout = timeout < TimeSpan.FromDays(1) ? timeout : TimeSpan.FromDays(1);
        return timeout - (timeout / 10 < TimeSpan.FromMinutes(1) ? timeout / 10 : TimeSpan.FromMinutes(1));
    }
}
