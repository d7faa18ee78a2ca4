using System.Diagnostics;
using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Telemetry;

public sealed class JobTracesTests(RealServers servers) : IDisposable
{
    private readonly Spans spans = new();

    public void Dispose() => spans.Dispose();

    [Fact]
    public async Task Run_Succeeds_IsAChildOfTheSendSpanOfTheCallersTrace()
    {
        await using var engine = NewEngine();
        using var caller = new Activity("caller").Start();
        var id = await engine.EnqueueAsync("telemetry.fine");
        caller.Stop();
        await engine.ProcessNextAsync();

        var (send, process) = spans.Of(id) is [var first, var second] ? (first, second) : throw new InvalidOperationException("not two spans");
        Assert.Equal(("send telemetry.fine", ActivityKind.Producer, caller.SpanId), (send.DisplayName, send.Kind, send.ParentSpanId));
        Assert.Equal(("process telemetry.fine", ActivityKind.Consumer, send.SpanId), (process.DisplayName, process.Kind, process.ParentSpanId));
        Assert.Equal(caller.TraceId, process.TraceId);
        Assert.Equal(("succeeded", 1, "lovage", "unused"), (process.GetTagItem("lovage.job.outcome"), process.GetTagItem("lovage.job.attempt"),
            process.GetTagItem("messaging.system"), process.GetTagItem("messaging.destination.name")));
        Assert.Equal(ActivityStatusCode.Unset, process.Status);
    }

    [Fact]
    public async Task Run_IsRetried_BothAttemptsAreInOneTraceAndTheErrorIsNamedWithoutItsMessage()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("telemetry.twice");
        await engine.ProcessNextAsync();
        await engine.ProcessNextAsync();

        var all = spans.Of(id);
        Assert.Equal(["send telemetry.twice", "process telemetry.twice", "process telemetry.twice"], all.Select(span => span.DisplayName));
        Assert.All(all[1..], span => Assert.Equal(all[0].SpanId, span.ParentSpanId));
        Assert.Equal((ActivityStatusCode.Error, "retried", "System.InvalidOperationException"),
            (all[1].Status, all[1].GetTagItem("lovage.job.outcome"), all[1].GetTagItem("error.type")));
        Assert.Equal((ActivityStatusCode.Unset, "succeeded", 2), (all[2].Status, all[2].GetTagItem("lovage.job.outcome"), all[2].GetTagItem("lovage.job.attempt")));
        Assert.All(all, span => Assert.DoesNotContain("secret", $"{span.StatusDescription}{string.Join(' ', span.TagObjects)}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WasDelayed_BeginsATraceWithALinkAndItsRetryStaysInIt(bool messageOfTheRetryIsLost)
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("telemetry.twice");
        await MakeOlderAsync(engine, id);
        await engine.ProcessNextAsync();
        if (messageOfTheRetryIsLost)
        {
            engine.Queue.Drain();
            await engine.Get<RedisSweep>().MarkUnrungAsync([id], CancellationToken.None);
            await engine.Get<global::Lovage.Processing.JobSweep>().SweepAsync(CancellationToken.None);
        }
        await engine.ProcessNextAsync();

        var (send, first, second) = spans.Of(id) is [var a, var b, var c] ? (a, b, c) : throw new InvalidOperationException("not three spans");
        Assert.Equal(default, first.ParentSpanId);
        Assert.NotEqual(send.TraceId, first.TraceId);
        Assert.Equal((send.TraceId, send.SpanId), Assert.Single(first.Links) is var link ? (link.Context.TraceId, link.Context.SpanId) : default);
        Assert.Equal((first.TraceId, first.SpanId), (second.TraceId, second.ParentSpanId));
        Assert.Empty(second.Links);
    }

    [Fact]
    public async Task Enqueue_ManyAtOnce_IsOneSpanThatCountsThem()
    {
        await using var engine = NewEngine();
        using var caller = new Activity("caller").Start();
        var none = JsonSerializer.SerializeToElement(new { });
        await engine.Client.EnqueueAsync(
            [JobRequest.Of("telemetry.fine", none), JobRequest.Of("telemetry.twice", none)], TestContext.Current.CancellationToken);
        await engine.ProcessNextAsync();

        var send = Assert.Single(spans.In(caller.TraceId), span => span.Kind is ActivityKind.Producer);
        Assert.Equal(("send unused", 2, null), (send.DisplayName, send.GetTagItem("messaging.batch.message_count"), send.GetTagItem("messaging.message.id")));
        Assert.Equal(2, spans.In(caller.TraceId).Count(span => span.ParentSpanId == send.SpanId));
    }

    // As if it had been enqueued two hours ago, to begin now.
    private static Task MakeOlderAsync(Engine engine, JobId id)
    {
        var connection = engine.Get<RedisConnection>();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return connection.CallAsync(
            db => db.HashSetAsync(connection.Keys.Job(id), [new("due", now.ToUnixTimeMilliseconds()), new("enqueuedAt", now.AddHours(-2).ToUnixTimeMilliseconds())])
                .ContinueWith(_ => true, TaskScheduler.Default),
            CancellationToken.None);
    }

    private Engine NewEngine() => new(servers.RedisConnectionString, add: services => services.AddMetrics(), jobs: typeof(TelemetryJobs));
}
