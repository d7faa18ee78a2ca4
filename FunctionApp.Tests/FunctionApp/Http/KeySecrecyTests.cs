using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FunctionApp.Tests.FunctionApp.Http;

/// <summary>What callers show as keys is kept nowhere, even by an app that logs and traces all that it can.</summary>
public sealed class KeySecrecyTests(RealServers servers)
{
    private const string Traces = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    [Fact]
    public async Task Keys_EverythingIsLoggedAndTraced_AppearNowhere()
    {
        var (functionKey, operatorKey, wrongKey, prefix) = (Secret(), Secret(), Secret(), $"test-{Guid.NewGuid():N}");
        using var logs = new RecordingLogs();
        var traces = new ConcurrentQueue<string>();
        using (Listen(traces))
        {
            await using var app = await App.StartAsync(
                servers,
                new Dictionary<string, string?>
                {
                    ["Lovage:KeyPrefix"] = prefix,
                    ["FunctionKeys:default"] = functionKey,
                    ["OperatorKeys:default"] = operatorKey,
                    ["AzureFunctionsJobHost:logging:logLevel:default"] = "Trace",
                    ["AzureFunctionsJobHost:logging:logLevel:Microsoft.AspNetCore"] = "Trace",
                    ["AzureFunctionsJobHost:logging:logLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
                },
                builder => builder.Logging.ClearProviders().AddProvider(logs));

            Assert.Equal(HttpStatusCode.Unauthorized, (await app.PostJobAsync("math.add", """{"x":2,"y":3}""")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.PostJobAsync($"math.add?code={wrongKey}", """{"x":2,"y":3}""")).StatusCode);
            using var accepted = await app.PostJobAsync($"math.add?code={functionKey}", """{"x":2,"y":3}""");
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
            Assert.DoesNotContain(functionKey, $"{accepted.Headers}{await accepted.Content.ReadAsStringAsync()}", StringComparison.Ordinal);
            app.Http.DefaultRequestHeaders.Add("x-functions-key", functionKey);
            app.Http.DefaultRequestHeaders.Add("x-operator-key", operatorKey);
            Assert.Equal("succeeded", (await app.EndOfAsync(accepted.Headers.Location!)).GetProperty("state").GetString());
            Assert.Equal("failed", (await app.RunAsync("demo.fail", "{}")).GetProperty("state").GetString());
        }

        var stored = await StoredAsync(prefix);
        string[] logged = [.. logs.All.Select(line => $"{line.Text} {line.Exception}")];

        // All three were looked at: they hold what they should.
        Assert.Contains(logs.All, line => line.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && line.Level < LogLevel.Information);
        Assert.Contains(traces, trace => trace.Contains(Traces, StringComparison.Ordinal));
        Assert.Contains(stored, value => value.Contains("math.add", StringComparison.Ordinal));
        foreach (var key in (string[])[functionKey, operatorKey, wrongKey])
        {
            Assert.DoesNotContain(logged, text => text.Contains(key, StringComparison.Ordinal));
            Assert.DoesNotContain(traces, text => text.Contains(key, StringComparison.Ordinal));
            Assert.DoesNotContain(stored, text => text.Contains(key, StringComparison.Ordinal));
        }
    }

    private static string Secret() => $"{Guid.NewGuid():N}";

    private static ActivityListener Listen(ConcurrentQueue<string> traces)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Enqueue(string.Join(
                ' ',
                [
                    activity.OperationName,
                    activity.DisplayName,
                    activity.StatusDescription,
                    activity.TraceStateString,
                    .. activity.TagObjects.Concat(activity.Events.SelectMany(e => e.Tags)).Select(tag => $"{tag.Key}={tag.Value}"),
                    .. activity.Baggage.Select(item => $"{item.Key}={item.Value}"),
                ])),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private async Task<string[]> StoredAsync(string prefix)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(servers.RedisConnectionString);
        var database = redis.GetDatabase();
        var stored = new List<string>();
        foreach (var key in redis.GetServer(servers.RedisConnectionString).Keys(pattern: $"*{prefix}*"))
            stored.Add($"{key} {await ReadAsync(database, key)}");
        return [.. stored];
    }

    private static async Task<string> ReadAsync(IDatabase database, RedisKey key) => await database.KeyTypeAsync(key) switch
    {
        RedisType.Hash => string.Join(' ', (await database.HashGetAllAsync(key)).Select(entry => $"{entry.Name}={entry.Value}")),
        RedisType.Set => string.Join(' ', (await database.SetMembersAsync(key)).Select(value => $"{value}")),
        RedisType.SortedSet => string.Join(' ', (await database.SortedSetRangeByRankAsync(key)).Select(value => $"{value}")),
        RedisType.List => string.Join(' ', (await database.ListRangeAsync(key)).Select(value => $"{value}")),
        RedisType.String => $"{await database.StringGetAsync(key)}",
        // It ended meanwhile: a lease.
        RedisType.None => "",
        var other => throw new NotSupportedException($"{key} is a {other}: read it here too."),
    };
}
