namespace EmbeddedHost.Configuration;

/// <summary>Finds keys of host.json that look like mistakes: the stock host ignores them silently, and the default rules instead.</summary>
internal static class HostJsonKeys
{
    private static readonly string[] TopLevel =
    [
        "version", "extensions", "extensionBundle", "functionTimeout", "functions", "healthMonitor", "aggregator", "concurrency", "customHandler",
        "logging", "managedDependency", "retry", "singleton", "watchDirectories", "watchFiles", "telemetryMode", "sendCanceledInvocationsToWorker",
    ];

    private static readonly string[] Queues =
        ["batchSize", "newBatchThreshold", "maxPollingInterval", "visibilityTimeout", "maxDequeueCount", "messageEncoding"];

    private static readonly string[] Http =
        ["routePrefix", "maxOutstandingRequests", "maxConcurrentRequests", "dynamicThrottlesEnabled", "hsts", "customHeaders"];

    /// <summary>Every key that this host knows, whether it heeds it or only the stock host does, as people write it: <c>extensions.queues.batchSize</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Queues.Select(key => $"extensions.queues.{key}"), .. Http.Select(key => $"extensions.http.{key}"), .. TopLevel];

    /// <summary>One sentence for each key that looks like a mistake, with the place where it belongs.</summary>
    public static IEnumerable<string> FindMistakes(HostJson file) =>
        file.Paths.Select(Check).OfType<string>().Distinct().Select(m => $"{HostJson.FileName}: {m} It is ignored ({file.Location}).");

    private static string? Check(string path)
    {
        var parts = path.Split(':');
        var extension = parts.Length > 1 && Same(parts[0], "extensions") ? parts[1].ToLowerInvariant() : null;
        var (block, known) = extension switch
        {
            null => (0, TopLevel),
            "queues" => (2, Queues),
            "http" => (2, Http),
            _ => (1, (string[])["queues", "http"]),
        };
        if (parts.Length <= block || Has(known, parts[block]))
            return null;

        var key = parts[block];
        var here = string.Join('.', parts[..(block + 1)]);
        if (RightPlace(key) is { } place)
            return $"'{here}' belongs at '{place}'.";

        if (known.FirstOrDefault(k => EditDistance.IsNear(k, key)) is { } near)
            return $"'{here}' is not known; did you mean '{string.Join('.', [.. parts[..block], near])}'?";

        return block == 2 ? $"'{here}' is not known; this block takes {string.Join(", ", known)}." : null;
    }

    private static string? RightPlace(string key) =>
        Same(key, "queues") || Same(key, "http") ? $"extensions.{key}" : All.FirstOrDefault(path => Same(path.Split('.')[^1], key));

    private static bool Has(string[] known, string key) => known.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
