using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using FunctionApp.Functions;
using FunctionApp.Tests.Lovage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Http.Events;

public sealed class JobEventTests(RealServers servers)
{
    private readonly Stage stage = new();

    [Fact]
    public async Task Events_JobRuns_TellEachStateAndReportAndEndWithTheJob()
    {
        await using var app = await App.StartAsync(servers);
        using var accepted = await app.PostJobAsync("demo.progress", """{"steps":3,"seconds":0.01}""");
        await using var reader = await EventReader.OpenAsync(app.Http, accepted.Headers.Location!);
        var events = await reader.RestAsync();

        Assert.Equal(["queued", "running", null, null, null, "succeeded"], events.Select(State));
        Assert.Equal(["state", "state", "progress", "progress", "progress", "state"], events.Select(item => item.EventType));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], events.Select(item => item.EventId));
        Assert.Equal((100, "step 3 of 3"), (events[4].Data.GetProperty("percent").GetDouble(), events[4].Data.GetProperty("message").GetString()));
        Assert.All(events, item => Assert.True(item.Data.GetProperty("at").TryGetDateTimeOffset(out _)));
        Assert.All(events.SkipLast(1), item => Assert.False(item.Data.TryGetProperty("job", out _)));
        var job = await app.Http.GetFromJsonAsync<JsonElement>(accepted.Headers.Location);
        Assert.Equal(job.ToString(), events[^1].Data.GetProperty("job").ToString());

        // The document shows the second and third of such a stream.
        var block = Repository.Read("docs/http-api.md").Split("```").Single(block => block.TrimStart().StartsWith("event: ", StringComparison.Ordinal)).TrimStart() + "\n";
        var shown = SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes(block)), (_, data) => JsonElement.Parse(data)).Enumerate().ToArray();
        Assert.Equal(shown.Select(Shape), events.Skip(1).Take(2).Select(Shape));
    }

    [Fact]
    public async Task Events_StreamWasCut_GoesOnAfterTheLastEventSeen()
    {
        await using var app = await StageAppAsync();
        using var accepted = await app.PostJobAsync("stage.wait", "{}");
        string cutAfter;
        await using (var first = await EventReader.OpenAsync(app.Http, accepted.Headers.Location!))
        {
            await stage.StartedAsync();
            await first.NextAsync();
            cutAfter = (await first.NextAsync())!.Value.EventId!;
        }
        stage.Release();
        await app.EndOfAsync(accepted.Headers.Location!);
        Assert.Equal("2", cutAfter);

        await using var second = await EventReader.OpenAsync(app.Http, accepted.Headers.Location!, cutAfter);
        var rest = await second.RestAsync();
        Assert.Equal(["succeeded"], rest.Select(State));

        // All was seen: a browser would connect again and again.
        using var none = await EventReader.AskAsync(app.Http, accepted.Headers.Location!, rest[0].EventId);
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
    }

    [Fact]
    public async Task Events_LastIdOfAnotherLife_BeginsAtTheBeginning()
    {
        await using var app = await App.StartAsync(servers);
        var job = await app.RunAsync("math.add", """{"x":2,"y":3}""");
        await using var reader = await EventReader.OpenAsync(app.Http, new Uri($"api/jobs/{job.GetProperty("id")}", UriKind.Relative), "1000");
        Assert.Equal(["queued", "running", "succeeded"], (await reader.RestAsync()).Select(State));
    }

    [Fact]
    public async Task Events_200ListenersOnOneJob_AllHearItsEnd()
    {
        await using var app = await StageAppAsync();
        using var accepted = await app.PostJobAsync("stage.wait", "{}");
        await stage.StartedAsync();
        var listeners = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => EventReader.OpenAsync(app.Http, accepted.Headers.Location!)));
        var begun = await Task.WhenAll(listeners.Select(listener => listener.NextAsync()));
        Assert.All(begun, item => Assert.Equal("queued", State(item!.Value)));

        stage.Release();
        var ends = await Task.WhenAll(listeners.Select(listener => listener.RestAsync()));

        Assert.All(ends, events => Assert.Equal(["running", "succeeded"], events.Select(State)));
        foreach (var listener in listeners)
            await listener.DisposeAsync();
    }

    [Fact]
    public async Task Events_NothingHappens_HeartbeatsComeAndTheStreamEndsInTime()
    {
        await using var app = await StageAppAsync(("Api:EventHeartbeat", "00:00:01"), ("Api:LongestEventStream", "00:00:03"));
        using var accepted = await app.PostJobAsync("stage.wait", "{}");
        await stage.StartedAsync();
        using var response = await EventReader.AskAsync(app.Http, accepted.Headers.Location!);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).WaitAsync(Limits.Signal);
        stage.Release();

        Assert.StartsWith("retry: 2000\n\n", text, StringComparison.Ordinal);
        Assert.Contains("\n\n: still here\n\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("succeeded", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_TooManyStreams_Is429UntilOneEnds()
    {
        await using var app = await StageAppAsync(("Api:MaxEventStreams", "1"));
        using var accepted = await app.PostJobAsync("stage.wait", "{}");
        var first = await EventReader.OpenAsync(app.Http, accepted.Headers.Location!);
        await first.NextAsync();

        using var refused = await EventReader.AskAsync(app.Http, accepted.Headers.Location!);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("urn:lovage:problem:too-many-streams", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());

        // The server hears of a listener that goes.
        await first.DisposeAsync();
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (true)
        {
            using var again = await EventReader.AskAsync(app.Http, accepted.Headers.Location!);
            if (again.StatusCode == HttpStatusCode.OK)
                break;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
        stage.Release();
    }

    [Fact]
    public async Task Events_HostDoesNotExecuteTheAnswer_NoPlaceIsLost()
    {
        await using var app = await StageAppAsync(("Api:MaxEventStreams", "1"));
        using var accepted = await app.PostJobAsync("stage.wait", "{}");
        var function = ActivatorUtilities.CreateInstance<WatchJob>(app.Services);
        // As when a caller has gone in the meantime.
        for (var i = 0; i < 3; i++)
            await function.RunAsync(new DefaultHttpContext { RequestServices = app.Services }.Request, accepted.Headers.Location!.Segments[^1], TestContext.Current.CancellationToken);

        await using var reader = await EventReader.OpenAsync(app.Http, accepted.Headers.Location!);
        Assert.NotNull(await reader.NextAsync());
        stage.Release();
    }

    [Theory]
    [InlineData("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11", null, HttpStatusCode.NotFound)]
    [InlineData("nonsense", null, HttpStatusCode.NotFound)]
    [InlineData("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11", "-1", HttpStatusCode.BadRequest)]
    [InlineData("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11", "x", HttpStatusCode.BadRequest)]
    public async Task Events_NoSuchJobOrEvent_IsAProblem(string id, string? lastEventId, HttpStatusCode expected)
    {
        await using var app = await App.StartAsync(servers);
        using var answer = await EventReader.AskAsync(app.Http, new Uri($"api/jobs/{id}", UriKind.Relative), lastEventId);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private Task<App> StageAppAsync(params (string Key, string Value)[] settings) => App.StartAsync(
        servers, settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value),
        builder => builder.Services.AddSingleton(stage).AddJobsOf<StageJobs>());

    private static string Shape(SseItem<JsonElement> item) =>
        $"{item.EventType} {item.EventId} {string.Join(',', item.Data.EnumerateObject().Select(property => $"{property.Name} {property.Value.ValueKind}"))}";

    private static string? State(SseItem<JsonElement> item) => item.Data.TryGetProperty("state", out var state) ? state.GetString() : null;
}
