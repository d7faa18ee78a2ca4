using Lovage;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class UnknownJobTests(RealServers servers)
{
    private readonly Stage stage = new();
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Process_UnknownJob_IsHandedBackUnclaimedAndRunsWhereItIsKnown()
    {
        await using var newer = NewEngine(typeof(StageJobs));
        await using var older = NewEngine(typeof(OtherJobs), options => options.KeyPrefix = newer.Prefix);
        var id = await newer.EnqueueAsync("stage.count");
        await older.Processor.ProcessAsync(await newer.Queue.ReceiveAsync(), CancellationToken.None);
        Assert.Equal(JobState.Queued, (await newer.GetAsync(id)).State);

        var (message, delay) = await older.Queue.ReceiveDelayedAsync();
        Assert.Equal((TimeSpan.FromSeconds(15), time.GetUtcNow()), (delay, Read(message).UnknownSince!.Value));
        await newer.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal((JobState.Succeeded, 1), ((await newer.GetAsync(id)).State, stage.Runs[id]));
        Assert.Empty(older.Queue.Drain());
    }

    [Fact]
    public async Task Process_UnknownForTheWholeTime_IsHandedBackAgainAndAgainAndFailsThen()
    {
        await using var engine = NewEngine(typeof(OtherJobs));
        var id = JobId.New(TimeProvider.System);
        var began = time.GetUtcNow();
        var message = Message(id, "no.such");
        for (var i = 0; i < 40; i++)
        {
            await engine.Processor.ProcessAsync(message, CancellationToken.None);
            (message, var delay) = await engine.Queue.ReceiveDelayedAsync();
            Assert.Equal((began, TimeSpan.FromSeconds(15)), (Read(message).UnknownSince!.Value, delay));
            Assert.Null(await engine.Client.GetAsync(id, TestContext.Current.CancellationToken));
            time.Advance(delay);
        }
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        var job = await engine.GetAsync(id);
        Assert.Equal((JobState.Failed, FailureReason.UnknownJob), (job.State, job.Reason!.Value));
        Assert.Empty(engine.Queue.Drain());
    }

    [Fact]
    public async Task Process_LittleTimeIsLeft_IsHiddenNoLonger()
    {
        await using var engine = NewEngine(typeof(OtherJobs), options => options.KeepUnknownJobs = TimeSpan.FromSeconds(20));
        await engine.Processor.ProcessAsync(Message(JobId.New(TimeProvider.System), "no.such", $",\"unknownSince\":\"{time.GetUtcNow().AddSeconds(-12):O}\""), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(8), (await engine.Queue.ReceiveDelayedAsync()).Delay);
    }

    [Fact]
    public async Task Process_MarkedWithATimeToCome_IsMarkedAnew()
    {
        await using var engine = NewEngine(typeof(OtherJobs));
        await engine.Processor.ProcessAsync(Message(JobId.New(TimeProvider.System), "no.such", ",\"unknownSince\":\"9999-01-01T00:00:00Z\""), CancellationToken.None);
        Assert.Equal(time.GetUtcNow(), Read(await engine.Queue.ReceiveAsync()).UnknownSince);
    }

    [Fact]
    public async Task Process_PackWithAnUnknownJob_TheOthersRunAndItGoesBackByItself()
    {
        await using var engine = NewEngine(typeof(StageJobs));
        JobId[] ids = [JobId.New(TimeProvider.System), JobId.New(TimeProvider.System), JobId.New(TimeProvider.System)];
        await engine.Processor.ProcessAsync($$"""
            {"v":1,"jobs":[{"id":"{{ids[0]}}","name":"stage.count"},{"id":"{{ids[1]}}","name":"no.such"},{"id":"{{ids[2]}}","name":"stage.count"}]}
            """, CancellationToken.None);
        Assert.Equal(new[] { ids[0], ids[2] }.ToHashSet(), stage.Runs.Keys.ToHashSet());
        Assert.Equal(ids[1], Read(Assert.Single(engine.Queue.Drain())).Id);
    }

    [Fact]
    public async Task Process_KnownAgainAndThenTriedAgain_ANewTimeBegins()
    {
        await using var engine = NewEngine(typeof(StageJobs), options => options.RetryBase = TimeSpan.Zero);
        stage.Release();
        await engine.Processor.ProcessAsync(Message(JobId.New(TimeProvider.System), "stage.throw", ",\"unknownSince\":\"2020-01-01T00:00:00Z\""), CancellationToken.None);
        Assert.Null(Read(await engine.Queue.ReceiveAsync()).UnknownSince);
    }

    [Fact]
    public async Task Process_UnknownAndNotYetDue_TheTimeBeginsWhenItIsDue()
    {
        await using var engine = NewEngine(typeof(OtherJobs));
        var more = ",\"notBefore\":\"2200-01-01T00:00:00Z\",\"unknownSince\":\"2020-01-01T00:00:00Z\"";
        await engine.Processor.ProcessAsync(Message(JobId.New(TimeProvider.System), "no.such", more), CancellationToken.None);
        var (message, delay) = await engine.Queue.ReceiveDelayedAsync();
        Assert.Null(Read(message).UnknownSince);
        Assert.True(delay > TimeSpan.FromDays(1_000));
    }

    [Fact]
    public async Task Process_UnrecordedJobWhoseMessageHasNoRoomForTheMark_FailsWithItsArguments()
    {
        await using var engine = NewEngine(typeof(OtherJobs));
        var id = JobId.New(TimeProvider.System);
        // Each of these is two bytes in the message as it came, and six once encoded.
        var message = $$$"""{"v":1,"jobs":[{"id":"{{{id}}}","name":"no.such","args":{"text":"{{{new string('\u00e4', 20_000)}}}"}}]}""";
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal(FailureReason.UnknownJob, (await engine.GetAsync(id)).Reason);
        Assert.Empty(engine.Queue.Drain());
    }

    private static JobEnvelope Read(string message) => Assert.Single(MessageReader.Read(message).Jobs);

    private static string Message(JobId id, string name, string more = "") => $$"""{"v":1,"jobs":[{"id":"{{id}}","name":"{{name}}"{{more}}}]}""";

    private Engine NewEngine(Type jobs, Action<LovageOptions>? configure = null) => new(
        servers.RedisConnectionString, configure, s => s.AddSingleton(stage).AddSingleton<TimeProvider>(time), jobs);

    private sealed class OtherJobs
    {
        [Job("other.job")]
        public void Run()
        {
        }
    }
}
