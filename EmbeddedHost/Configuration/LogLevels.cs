using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Configuration;

/// <summary>Applies <c>logging.logLevel</c> of host.json and its overrides.</summary>
internal static class LogLevels
{
    private const string Path = "logging:logLevel";
    private const string RequestLines = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void Apply(ILoggingBuilder logging, HostJson file, IConfiguration configuration, Problems problems)
    {
        // A line a request, a poll and an address from the layers below says nothing that our own lines do not.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        var overridden = configuration.GetSection($"{HostJson.OverrideSection}:{Path}").AsEnumerable(makePathsRelative: true).Where(s => s.Value is not null).Select(s => s.Key);
        var written = file.Paths.Where(p => p.StartsWith(Path + ":", StringComparison.OrdinalIgnoreCase)).Select(p => p[(Path.Length + 1)..]);
        foreach (var category in written.Union(overridden, StringComparer.OrdinalIgnoreCase))
        {
            var value = file.Find($"{Path}:{category}", configuration)!.Value;
            if (!Enum.TryParse<LogLevel>(value.Text, ignoreCase: true, out var level) || !Enum.IsDefined(level))
                problems.Add($"{value.Source} is '{value.Text}'; it takes one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            else if (category.Equals("default", StringComparison.OrdinalIgnoreCase))
                logging.SetMinimumLevel(level);
            else
                logging.AddFilter(category, level);
        }

        // Last, so that no setting above undoes it: its lines hold each request's whole query, and a query may hold a key (?code=).
        logging.AddFilter(RequestLines, LogLevel.Warning);
    }
}
