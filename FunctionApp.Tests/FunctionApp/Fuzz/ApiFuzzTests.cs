using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Soak.Memory;

namespace FunctionApp.Tests.FunctionApp.Fuzz;

/// <summary>
/// Requests made from the app's own OpenAPI document, each wrong in one way: none breaks the app, none is obeyed, and none makes it grow.
/// </summary>
public sealed class ApiFuzzTests(RealServers servers, ITestOutputHelper output)
{
    /// <summary>Set it to the seed that a run has printed to send the same requests again.</summary>
    private const string SeedVariable = "API_FUZZ_SEED";

    private const int AtOnce = 8;

    // Much less than what the bodies together have, and more than a collector needs.
    private const long MaxGrowth = 64L << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Requests_10000ByChance_NoneBreaksOrRunsAnything() => RunAsync(10_000);

    // Run by .ci/long.
    [Fact(Explicit = true)]
    public Task Requests_200000ByChance_NoneBreaksOrRunsAnything() => RunAsync(200_000);

    private async Task RunAsync(int count)
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } set ? int.Parse(set, CultureInfo.InvariantCulture) : RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"{SeedVariable}={seed}");
        var settings = AppSettings.Shared(servers)
            .With("Lovage__MaxArgumentBytes", $"{BadBodies.MaxBytes}").With("Accounts__RequestsPerAddress", "1000000").With("Api__LongestWait", "00:00:00.1").With("Api__LongestEventStream", "00:00:01")
            .With("AzureFunctionsJobHost__logging__logLevel__Default", "Warning").With("AzureFunctionsJobHost__logging__logLevel__EmbeddedHost.Hosting", "Information");
        var (app, client) = await AppProcess.StartAndListenAsync(settings);
        await using var ended = app;
        using var http = new HttpClient { BaseAddress = client.Address };
        var requests = new FuzzRequests(await http.GetFromJsonAsync<JsonElement>("api/openapi.json", Cancel), new Random(seed));
        var slow = await SlowBodies.BeginAsync(client.Address, 20, Cancel);

        var answers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var raw = new RawHttp(client.Address);
        await SendAsync(raw, requests, count / 5, answers);
        var warm = ResidentMemory.Read(app.Pid)!.Value;
        await SendAsync(raw, requests, count - (count / 5), answers);
        var after = ResidentMemory.Read(app.Pid)!.Value;

        foreach (var (answer, times) in answers)
            output.WriteLine($"{answer}: {times:N0}");
        output.WriteLine($"Resident: {warm >> 20} MiB after a fifth, {after >> 20} MiB after all.");
        // Chance that has come loose from the document would find nothing.
        Assert.All(["200", "400", "403", "404", "413", "415", "431"], status => Assert.Contains(status, answers.Keys));
        Assert.InRange(after - warm, long.MinValue, MaxGrowth);
        Assert.Empty((await http.GetFromJsonAsync<JsonElement>("api/jobs", Cancel)).GetProperty("jobs").EnumerateArray());
        Assert.Empty(app.Errors);
        await slow.AreGivenUpAsync(Cancel);
    }

    private static async Task SendAsync(RawHttp raw, FuzzRequests requests, int count, SortedDictionary<string, int> answers)
    {
        var all = Enumerable.Range(0, count).Select(_ => requests.Next());
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (request, cancellation) =>
        {
            var (status, body) = await raw.SendAsync(request, cancellation).WaitAsync(Limits.Signal, cancellation);
            lock (answers)
            {
                var answer = status is { } some ? $"{(int)some}" : "closed";
                answers[answer] = answers.GetValueOrDefault(answer) + 1;
            }
            // Half a request is no request: a server may hang up.
            if (status is null)
                Assert.True(request.BreaksOffAfter is not null || request.Body?.Length > BadBodies.MaxBytes, $"No answer to {request}");
            else
                Assert.True(request.Allows(status.Value), $"{(int)status} to {request}\n{body[..Math.Min(body.Length, 500)]}");
        });
    }
}
