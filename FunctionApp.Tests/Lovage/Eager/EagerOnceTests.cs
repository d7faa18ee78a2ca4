using FunctionApp.Tests.Lovage.Effects;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Eager;

/// <summary>Idempotency keys and effects are the same without servers.</summary>
public sealed class EagerOnceTests : IDisposable
{
    private readonly ServiceProvider services;

    public EagerOnceTests()
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton<Effected>();
        collection.AddLovage().AddJobs<EffectJobs>().RunEagerly();
        services = collection.BuildServiceProvider();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Effected Effected => services.GetRequiredService<Effected>();

    private JobClient Client => services.GetRequiredService<JobClient>();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Once_JobFailsAfterIt_IsNotRepeated()
    {
        Effected.After.Enqueue(() => throw new TimeoutException("once"));
        Assert.Equal(((JobState.Succeeded, 2), 1), (await RunAsync(), Effected.Made));
    }

    [Fact]
    public async Task Once_SaysThatItWasNotMade_TheNextAttemptMakesIt()
    {
        Effected.Before.Enqueue(() => throw new RetryJobException(TimeSpan.FromHours(1), "429"));
        Assert.Equal(((JobState.Succeeded, 2), 1), (await RunAsync(), Effected.Made));
    }

    [Fact]
    public async Task Once_Throws_NobodyKnows()
    {
        Effected.Before.Enqueue(() => throw new TimeoutException("no answer"));
        Assert.Equal(((JobState.Failed, 1), 0), (await RunAsync(), Effected.Made));
    }

    [Fact]
    public async Task Enqueue_SameKey_RunsOnce_AndForSomethingElseIsRefused()
    {
        var once = new EnqueueOptions { IdempotencyKey = "key" };
        var first = await Client.EnqueueAsync<EffectJobs>(jobs => jobs.MakeAsync(), once, Cancel);
        Assert.Equal(first, await Client.EnqueueAsync<EffectJobs>(jobs => jobs.MakeAsync(), once, Cancel));
        Assert.Equal(first, (await Assert.ThrowsAsync<IdempotencyConflictException>(() => Client.EnqueueAsync<EffectJobs>(jobs => jobs.TwoAsync(), once, Cancel))).First);
        Assert.Equal(1, Effected.Made);
    }

    private async Task<(JobState, int)> RunAsync()
    {
        var job = await Client.GetAsync(await Client.EnqueueAsync<EffectJobs>(jobs => jobs.MakeAsync(), cancellation: Cancel), Cancel);
        return (job!.State, job.Attempt);
    }
}
