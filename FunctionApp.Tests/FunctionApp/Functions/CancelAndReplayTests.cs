using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class CancelAndReplayTests(RealServers servers) : IAsyncLifetime
{
    private const string OperatorKey = "an-operator-key-of-this-test";

    private App app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        app = await App.StartAsync(servers, new Dictionary<string, string?> { ["OperatorKeys:test"] = OperatorKey });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Delete_ScheduledJob_IsCancelled_AndAgainTheSame()
    {
        using var accepted = await app.PostJobAsync("math.add?delay=1h", """{"x":2,"y":3}""");
        foreach (var _ in new[] { 1, 2 })
        {
            var (status, answer) = await SendAsync(HttpMethod.Delete, accepted.Headers.Location!.AbsoluteUri);
            Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (status, answer.GetProperty("state").GetString()));
        }
        Assert.Equal("cancelled", (await app.EndOfAsync(accepted.Headers.Location!)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Delete_EndedJob_Is409WithItsState()
    {
        using var accepted = await app.PostJobAsync("math.add", """{"x":2,"y":3}""");
        await app.EndOfAsync(accepted.Headers.Location!);
        var (status, problem) = await SendAsync(HttpMethod.Delete, accepted.Headers.Location!.AbsoluteUri);
        Assert.Equal((HttpStatusCode.Conflict, "urn:lovage:problem:not-cancellable", "succeeded"),
            (status, problem.GetProperty("type").GetString(), problem.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11")]
    [InlineData("no-id")]
    public async Task DeleteOrReplay_NoSuchJob_Is404(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, $"{app.Http.BaseAddress}api/jobs/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Post, $"{app.Http.BaseAddress}api/jobs/{id}/replay", OperatorKey)).Status);
    }

    [Fact]
    public async Task Replay_FailedJob_RunsAgainForAnOperatorOnly()
    {
        using var accepted = await app.PostJobAsync("demo.fail", """{"message":"on purpose"}""");
        var job = accepted.Headers.Location!.AbsoluteUri;
        await app.EndOfAsync(accepted.Headers.Location!);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, $"{job}/replay")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, $"{job}/replay?repeatEffects=maybe", OperatorKey)).Status);

        var (status, answer) = await SendAsync(HttpMethod.Post, $"{job}/replay", OperatorKey);
        Assert.Equal((HttpStatusCode.Accepted, job), (status, answer.GetProperty("statusUrl").GetString()));
        await app.EndOfAsync(accepted.Headers.Location!);

        var (_, toCaller) = await SendAsync(HttpMethod.Get, job);
        var (_, toOperator) = await SendAsync(HttpMethod.Get, job, OperatorKey);
        Assert.False(toCaller.TryGetProperty("history", out _) || toCaller.GetProperty("error").TryGetProperty("stackTrace", out _));
        Assert.Equal(2, toOperator.GetProperty("history").GetArrayLength());
        Assert.Contains("DemoJobs", toOperator.GetProperty("error").GetProperty("stackTrace").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_JobThatHasNotFailed_Is409()
    {
        using var accepted = await app.PostJobAsync("math.add", """{"x":2,"y":3}""");
        await app.EndOfAsync(accepted.Headers.Location!);
        var (status, problem) = await SendAsync(HttpMethod.Post, $"{accepted.Headers.Location}/replay", OperatorKey);
        Assert.Equal((HttpStatusCode.Conflict, "urn:lovage:problem:not-failed", "succeeded"),
            (status, problem.GetProperty("type").GetString(), problem.GetProperty("state").GetString()));
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpMethod method, string address, string? operatorKey = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (operatorKey is not null)
            request.Headers.Add("x-operator-key", operatorKey);
        using var answer = await app.Http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }
}
