using System.Diagnostics.Metrics;
using Lovage.Processing;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Telemetry;

public sealed class JobMetricsTests(RealServers servers)
{
    [Fact]
    public async Task Job_Succeeds_IsCountedAndMeasuredFromEnqueuedToFinished()
    {
        await using var engine = NewEngine();
        using var measured = new Measurements(engine.Get<IMeterFactory>());
        await engine.RunAsync("telemetry.old");

        foreach (var name in new[] { "messaging.client.sent.messages", "messaging.client.consumed.messages", "lovage.job.finished" })
            Assert.Equal((1, "telemetry.fine"), (measured.Single(name).Value, measured.Single(name).Tags["lovage.job.name"]));
        Assert.Equal("succeeded", measured.Single("lovage.job.finished").Tags["lovage.job.outcome"]);
        Assert.Equal([1, -1], measured.Of("lovage.job.active").Select(m => m.Value));
        Assert.Equal(["lovage", "process", "unused", "telemetry.fine", "succeeded"], measured.Single("messaging.process.duration").Tags.Values);
        Assert.InRange(measured.Single("lovage.job.wait.duration").Value, 0, Limits.Signal.TotalSeconds);
        Assert.Equal("send", measured.Single("messaging.client.operation.duration").Tags["messaging.operation.type"]);
    }

    [Theory]
    [InlineData("telemetry.twice", "retried", "System.InvalidOperationException")]
    [InlineData("telemetry.rejects", "failed", "Lovage.Jobs.RejectJobException")]
    public async Task Job_Throws_IsCountedByItsOutcomeAndError(string name, string outcome, string error)
    {
        await using var engine = NewEngine();
        using var measured = new Measurements(engine.Get<IMeterFactory>());
        await engine.RunAsync(name);
        Assert.Equal(outcome, measured.Single("lovage.job.finished").Tags["lovage.job.outcome"]);
        Assert.Equal(error, measured.Single("messaging.process.duration").Tags["error.type"]);
    }

    [Fact]
    public async Task Job_Expires_IsCountedOnceHoweverOftenItsMessageComes()
    {
        await using var engine = NewEngine();
        using var measured = new Measurements(engine.Get<IMeterFactory>());
        var id = await engine.EnqueueAsync("telemetry.fine");
        var connection = engine.Get<RedisConnection>();
        Assert.True(await connection.CallAsync(db => db.HashSetAsync(connection.Keys.Job(id), "expires", 1), CancellationToken.None));
        var message = await engine.Queue.ReceiveAsync();
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal("expired", measured.Single("lovage.job.finished").Tags["lovage.job.outcome"]);
    }

    [Fact]
    public async Task Job_OfUnknownName_IsCountedAsOther()
    {
        await using var engine = NewEngine();
        using var measured = new Measurements(engine.Get<IMeterFactory>());
        var id = Guid.CreateVersion7();
        await engine.Processor.ProcessAsync($$"""{"v":1,"jobs":[{"id":"{{id}}","name":"no.such.{{id}}"}]}""", CancellationToken.None);
        Assert.Equal(("_OTHER", "failed"), measured.Single("lovage.job.finished").Tags.Values.ToArray() is [string name, string outcome] ? (name, outcome) : default);
    }

    [Fact]
    public async Task Sweep_JobsWait_TellsTheAgeOfTheQueueAndZeroWhenItIsEmpty()
    {
        await using var engine = NewEngine();
        using var measured = new Measurements(engine.Get<IMeterFactory>());
        await engine.EnqueueAsync("telemetry.fine");
        await engine.Get<JobSweep>().SweepAsync(CancellationToken.None);
        measured.Observe();
        await engine.ProcessNextAsync();
        await engine.Get<JobSweep>().SweepAsync(CancellationToken.None);
        measured.Observe();
        Assert.Equal([true, true], measured.Of("lovage.queue.age").Select(m => m.Value >= 0));
        Assert.Equal(0, measured.Of("lovage.queue.age").Last().Value);
    }

    [Fact]
    public async Task TwoApps_InOneProcess_DoNotCountForEachOther()
    {
        await using var one = NewEngine();
        await using var other = NewEngine();
        using var measured = new Measurements(other.Get<IMeterFactory>());
        await one.RunAsync("telemetry.fine");
        Assert.Empty(measured.Of("lovage.job.finished"));
    }

    private Engine NewEngine() => new(
        servers.RedisConnectionString, options => options.KeepUnknownJobs = TimeSpan.Zero, services => services.AddMetrics(), typeof(TelemetryJobs));
}
