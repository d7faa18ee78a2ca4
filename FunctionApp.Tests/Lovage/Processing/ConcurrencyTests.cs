using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class ConcurrencyTests(RealServers servers)
{
    private readonly Barrier barrier = new();
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public async Task Process_ElevenJobsWaitOnABarrier_TheEleventhStartsWhenOneEnds(int jobsPerMessage)
    {
        await using var engine = NewEngine();
        var processing = await StartAsync(engine, count: 11, jobsPerMessage);
        for (var i = 0; i < 10; i++)
            await barrier.StartedAsync();
        Assert.Equal(10, barrier.Running);
        Assert.False(barrier.HasStarted);

        barrier.Release();
        await barrier.StartedAsync();
        Assert.Equal(10, barrier.Running);

        for (var i = 0; i < 10; i++)
            barrier.Release();
        await processing.WaitAsync(Limits.Signal);
        Assert.Equal(10, barrier.MostRunning);
    }

    [Fact]
    public async Task Process_NoFreeSlotWithinAMinute_GoesBackAsANewMessage()
    {
        await using var engine = NewEngine();
        var busy = await StartAsync(engine, count: 10, jobsPerMessage: 10);
        for (var i = 0; i < 10; i++)
            await barrier.StartedAsync();
        var waiting = await StartAsync(engine, count: 3, jobsPerMessage: 3);
        time.Advance(TimeSpan.FromSeconds(61));
        await waiting.WaitAsync(Limits.Signal);
        Assert.Equal(3, MessageReader.Read(Assert.Single(engine.Queue.Drain())).Jobs.Count);
        Assert.False(busy.IsCompleted);

        for (var i = 0; i < 10; i++)
            barrier.Release();
        await busy.WaitAsync(Limits.Signal);
    }

    [Fact]
    public async Task Process_Stopped_JobsAreReleasedRungAgainAndRunInTheSameAttempt()
    {
        await using var engine = NewEngine();
        using var stop = new CancellationTokenSource();
        var processing = await StartAsync(engine, count: 12, jobsPerMessage: 12, stop.Token);
        for (var i = 0; i < 10; i++)
            await barrier.StartedAsync();
        await stop.CancelAsync();
        await processing.WaitAsync(Limits.Signal);

        var again = engine.Queue.Drain();
        var envelopes = again.SelectMany(m => MessageReader.Read(m).Jobs).ToArray();
        Assert.Equal(12, envelopes.Select(e => e.Id).Distinct().Count());
        Assert.All(await Task.WhenAll(envelopes.Select(e => engine.GetAsync(e.Id))), job => Assert.Equal((JobState.Queued, 1), (job.State, job.Attempt)));

        var rerun = Task.WhenAll(again.Select(m => engine.Processor.ProcessAsync(m, CancellationToken.None)));
        for (var i = 0; i < 12; i++)
            barrier.Release();
        await rerun.WaitAsync(Limits.Signal);
        Assert.All(await Task.WhenAll(envelopes.Select(e => engine.GetAsync(e.Id))), job => Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt)));
    }

    private static async Task<Task> StartAsync(Engine engine, int count, int jobsPerMessage, CancellationToken cancellation = default)
    {
        var requests = Enumerable.Range(0, count).Select(_ => JobRequest.Of("barrier.wait", JsonSerializer.SerializeToElement(new { }))).ToArray();
        await engine.Client.EnqueueAsync(requests, TestContext.Current.CancellationToken);
        var envelopes = engine.Queue.Drain().SelectMany(m => MessageReader.Read(m).Jobs).ToArray();
        var messages = MessageWriter.Write(envelopes, jobsPerMessage).Select(m => System.Text.Encoding.UTF8.GetString(m.Span)).ToArray();
        return Task.WhenAll(messages.Select(m => engine.Processor.ProcessAsync(m, cancellation)));
    }

    private Engine NewEngine() => new(
        servers.RedisConnectionString, add: s => s.AddSingleton(barrier).AddSingleton<TimeProvider>(time), jobs: typeof(BarrierJobs));

    private sealed class BarrierJobs(Barrier barrier)
    {
        [Job("barrier.wait")]
        public Task WaitAsync(JobContext job) => barrier.WaitAsync(job, job.Cancellation);
    }
}
