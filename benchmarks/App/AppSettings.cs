using Benchmarks.Servers;

namespace Benchmarks.App;

/// <summary>The settings of an app process: servers, and a queue and a key prefix of its own. Everything else is as the app has it.</summary>
internal sealed record AppSettings(BenchmarkServers Servers, string Name)
{
    /// <summary>False: its functions take jobs, and none is run.</summary>
    public bool HasWorker { get; init; } = true;

    public string Queue => Name;

    public string KeyPrefix => Name;

    public static AppSettings New(BenchmarkServers servers) => new(servers, $"bench-{Guid.NewGuid():N}");

    public IEnumerable<KeyValuePair<string, string>> Variables() =>
    [
        new("AzureWebJobsStorage", Servers.Storage.ConnectionString),
        new("Redis", Servers.RedisAddress),
        new("LovageQueue", Queue),
        new("Lovage__KeyPrefix", KeyPrefix),
        new("LocalServers__DataFolder", Servers.AppFolder),
        new("AzureWebJobs.ProcessJobs.Disabled", HasWorker ? "false" : "true"),
    ];
}
