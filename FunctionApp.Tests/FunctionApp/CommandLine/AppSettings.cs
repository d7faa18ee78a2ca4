using System.Collections.Immutable;
using FunctionApp.Tests.LocalServers;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>The environment of an app process. Each one has a queue and a key prefix of its own, so that tests share servers and nothing else.</summary>
/// <param name="Variables">What it sets.</param>
/// <param name="DataFolder">Where servers that the app starts keep their data and state.</param>
internal sealed record AppSettings(ImmutableDictionary<string, string> Variables, string DataFolder)
{
    public string Storage => Variables["AzureWebJobsStorage"];

    public string Redis => Variables["Redis"];

    public string Queue => Variables["LovageQueue"];

    /// <summary>Beside the servers of the run, which the app finds running.</summary>
    public static AppSettings Shared(RealServers servers) => Of(servers, servers.StorageConnectionString, servers.RedisConnectionString);

    /// <summary>Addresses where nothing runs: the app starts servers of its own there.</summary>
    public static AppSettings Own(RealServers servers) => Of(servers, RealServers.NewStorageConnectionString(), RealServers.NewRedisConnectionString());

    /// <summary>The run's storage, which takes longer to start, and an address for a Redis of its own.</summary>
    public static AppSettings OwnRedis(RealServers servers) => Of(servers, servers.StorageConnectionString, RealServers.NewRedisConnectionString());

    public static AppSettings Of(RealServers servers, string storage, string redis)
    {
        var own = $"test-{Guid.NewGuid():N}";
        var folder = servers.NewFolder();
        return new(
            ImmutableDictionary.CreateRange<string, string>(
            [
                new("AzureWebJobsStorage", storage),
                new("Redis", redis),
                new("LovageQueue", own),
                new("Lovage__KeyPrefix", own),
                new("LocalServers__DataFolder", folder),
                new("LocalServers__NpmFolder", RunFolder.SharedNpm),
            ]),
            folder);
    }

    public AppSettings With(string name, string value) => this with { Variables = Variables.SetItem(name, value) };
}
