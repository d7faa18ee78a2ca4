using Lovage.DeadLetters;
using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Effects;

public sealed class EffectTests(RealServers servers) : IAsyncDisposable
{
    private readonly Engine engine = NewEngine(servers.RedisConnectionString);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Effected Effected => engine.Get<Effected>();

    private LossyStore Lossy => (LossyStore)engine.Store;

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Once_JobFailsAfterIt_TheNextAttemptGetsItsValueAndDoesNotRepeatIt()
    {
        Effected.After.Enqueue(() => throw new TimeoutException("once"));
        var id = await RunToEndAsync("effect.make");
        var job = await engine.GetAsync(id);
        Assert.Equal((JobState.Succeeded, 2, 1), (job.State, job.Attempt, Effected.Made));
        Assert.Equal("\"made 1\"", System.Text.Encoding.UTF8.GetString(job.Result!.Value.Span));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Once_AnswersOfTheStoreLost_IsMadeOnce(int lost)
    {
        Lossy.Effects = lost;
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(await RunToEndAsync("effect.make"))).State, Effected.Made));
    }

    [Fact]
    public async Task Once_Throws_NobodyKnowsAndItIsNotTriedAgain()
    {
        Effected.Before.Enqueue(() => throw new TimeoutException("the provider did not answer"));
        var job = await engine.GetAsync(await RunToEndAsync("effect.make"));
        Assert.Equal((FailureReason.EffectUnknown, 1, 0), (job.Reason!.Value, job.Attempt, Effected.Made));
        Assert.Contains("'mail'", job.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_SaysThatItWasNotMade_TheNextAttemptMakesIt()
    {
        Effected.Before.Enqueue(() => throw new RetryJobException(TimeSpan.Zero, "429"));
        var job = await engine.GetAsync(await RunToEndAsync("effect.make"));
        Assert.Equal((JobState.Succeeded, 2, 1), (job.State, job.Attempt, Effected.Made));
    }

    [Fact]
    public async Task Once_Rejects_ThenReplayed_IsMade()
    {
        Effected.Before.Enqueue(() => throw new RejectJobException("400"));
        var id = await RunToEndAsync("effect.make");
        Assert.Equal((FailureReason.Rejected, 0), ((await engine.GetAsync(id)).Reason!.Value, Effected.Made));
        await ReplayAsync(id, repeatEffects: false);
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(id)).State, Effected.Made));
    }

    [Fact]
    public async Task Once_WorkerDiesInIt_NobodyKnowsAndOnlyAReplayThatIsToldToRepeatsIt()
    {
        var inEffect = new TaskCompletionSource();
        var dead = new TaskCompletionSource();
        Effected.Before.Enqueue(() => { inEffect.SetResult(); dead.Task.Wait(Cancel); });
        var id = await engine.EnqueueAsync("effect.make");
        var dying = engine.ProcessNextAsync();
        await inEffect.Task.WaitAsync(Limits.Signal);
        await DropLeaseAsync(engine);

        await using var next = engine.NewProcess();
        Assert.Equal(1, await next.Get<JobSweep>().SweepAsync(Cancel));
        await next.Processor.ProcessAsync(await engine.Queue.ReceiveAsync(), Cancel);
        Assert.Equal((FailureReason.EffectUnknown, 0), ((await next.GetAsync(id)).Reason!.Value, next.Get<Effected>().Made));

        await next.Get<DeadLetterBox>().ReplayAsync(id, cancellation: Cancel);
        await next.Processor.ProcessAsync(await engine.Queue.ReceiveAsync(), Cancel);
        Assert.Equal((FailureReason.EffectUnknown, 0), ((await next.GetAsync(id)).Reason!.Value, next.Get<Effected>().Made));

        await next.Get<DeadLetterBox>().ReplayAsync(id, repeatEffects: true, Cancel);
        await next.Processor.ProcessAsync(await engine.Queue.ReceiveAsync(), Cancel);
        Assert.Equal((JobState.Succeeded, 1), ((await next.GetAsync(id)).State, next.Get<Effected>().Made));
        dead.SetResult();
        await dying;
    }

    [Fact]
    public async Task Once_MadeBeforeTheJobFailed_IsNotRepeatedByAReplayThatRepeatsUnknownOnes()
    {
        Effected.After.Enqueue(() => throw new RejectJobException("afterwards"));
        var id = await RunToEndAsync("effect.make");
        await ReplayAsync(id, repeatEffects: true);
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(id)).State, Effected.Made));
    }

    [Fact]
    public async Task Once_RunHasLostTheJob_IsRefused()
    {
        var began = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        Effected.AtStart.Enqueue(() => { began.SetResult(); goOn.Task.Wait(Cancel); });
        var id = await engine.EnqueueAsync("effect.make");
        var paused = engine.ProcessNextAsync();
        await began.Task.WaitAsync(Limits.Signal);
        await DropLeaseAsync(engine);
        await using var next = engine.NewProcess();
        await next.Get<JobSweep>().SweepAsync(Cancel);
        await next.Processor.ProcessAsync(await engine.Queue.ReceiveAsync(), Cancel);
        goOn.SetResult();
        await paused;
        Assert.Equal((JobState.Succeeded, 1, 0), ((await next.GetAsync(id)).State, next.Get<Effected>().Made, Effected.Made));
        Assert.IsType<ClaimLostException>(Effected.Thrown);
    }

    [Fact]
    public async Task Once_StoreLostAfterItWasMade_NobodyKnows()
    {
        await using var server = await servers.NewRedisAsync();
        await using var own = NewEngine(server.Address);
        own.Get<Effected>().After.Enqueue(() =>
        {
            FlushAsync(own).Wait(Cancel);
            throw new TimeoutException("tried again, recorded anew");
        });
        var id = await own.EnqueueAsync("effect.make");
        while (await own.Client.GetAsync(id, Cancel) is not { State: JobState.Failed or JobState.Succeeded })
            await own.ProcessNextAsync();
        Assert.Equal((FailureReason.EffectUnknown, 1), ((await own.GetAsync(id)).Reason!.Value, own.Get<Effected>().Made));
    }

    [Fact]
    public async Task Once_JobRebuiltFromItsMessage_NobodyKnowsUntilAReplayIsToldToRepeat()
    {
        await using var server = await servers.NewRedisAsync();
        await using var own = NewEngine(server.Address);
        var id = await own.EnqueueAsync("effect.make");
        await FlushAsync(own);
        await own.ProcessNextAsync();
        Assert.Equal((FailureReason.EffectUnknown, 0), ((await own.GetAsync(id)).Reason!.Value, own.Get<Effected>().Made));
        await own.Get<DeadLetterBox>().ReplayAsync(id, repeatEffects: true, Cancel);
        await own.ProcessNextAsync();
        Assert.Equal((JobState.Succeeded, 1), ((await own.GetAsync(id)).State, own.Get<Effected>().Made));
    }

    [Theory]
    [InlineData(2, JobState.Succeeded)]
    [InlineData(-2, JobState.Failed)]
    public async Task Once_JobOfAnotherProgram_IsMadeIfItsIdIsYoungerThanTheStore(int minutes, JobState expected)
    {
        await engine.Store.CreateAsync([new JobEnvelope { Id = JobId.New(TimeProvider.System), Name = "effect.make", Arguments = "{}"u8.ToArray() }], Cancel);
        var id = new JobId(Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMinutes(minutes)));
        await engine.Processor.ProcessAsync($$"""{"v":1,"jobs":[{"id":"{{id}}","name":"effect.make"}]}""", Cancel);
        Assert.Equal(expected, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Once_TwoEffects_EachIsMade()
    {
        Assert.Equal(JobState.Succeeded, (await engine.RunAsync("effect.two")).State);
        Assert.Equal(2, Effected.Made);
    }

    [Fact]
    public async Task Once_GivesTooMuch_IsMadeAndTheJobFailsSayingSo()
    {
        var job = await engine.RunAsync("effect.long");
        Assert.Equal(FailureReason.Rejected, job.Reason);
        Assert.Contains("was made, but gave", job.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_OutsideOfAJob_SaysSo()
    {
        using var scope = engine.Services.CreateScope();
        var effects = scope.ServiceProvider.GetRequiredService<IEffects>();
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => effects.OnceAsync("key", () => Task.CompletedTask));
        Assert.Contains("outside of a job", thrown.Message, StringComparison.Ordinal);
    }

    private static Engine NewEngine(string redis) => new(
        redis, options => options.RetryBase = TimeSpan.Zero,
        services => services.AddSingleton<Effected>().AddSingleton<RedisJobStore>().AddSingleton<IJobStore>(s => new LossyStore(s.GetRequiredService<RedisJobStore>())),
        typeof(EffectJobs));

    private static Task FlushAsync(Engine engine) => engine.Get<RedisConnection>().CallAsync(db => db.ExecuteAsync("FLUSHALL"), CancellationToken.None);

    private static Task DropLeaseAsync(Engine engine) => engine.Get<RedisConnection>().CallAsync(
        db => db.KeyDeleteAsync(engine.Get<RedisConnection>().Keys.Lease(engine.Get<WorkerLease>().Worker!.Value)), Cancel);

    private async Task<JobId> RunToEndAsync(string name)
    {
        var id = await engine.EnqueueAsync(name);
        while (!(await engine.GetAsync(id)).State.IsFinal())
            await engine.ProcessNextAsync();
        return id;
    }

    private async Task ReplayAsync(JobId id, bool repeatEffects)
    {
        Assert.True(await engine.Get<DeadLetterBox>().ReplayAsync(id, repeatEffects, Cancel));
        await engine.ProcessNextAsync();
    }
}
