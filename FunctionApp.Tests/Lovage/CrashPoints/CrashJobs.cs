using Lovage.Client;
using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.CrashPoints;

internal sealed class CrashJobs(Witness witness, JobClient client, IEffects effects)
{
    public const int MaxAttempts = 3;

    [Job("crash.succeed")]
    public int Succeed(JobContext job)
    {
        witness.Saw(job);
        return 5;
    }

    [Job("crash.flaky", MaxAttempts = MaxAttempts)]
    public void Flaky(JobContext job)
    {
        witness.Saw(job);
        if (job.Attempt == 1)
            throw new InvalidOperationException("on purpose");
    }

    [Job("crash.fail", MaxAttempts = MaxAttempts)]
    public void Fail(JobContext job)
    {
        witness.Saw(job);
        if (!witness.IsMended)
            throw new InvalidOperationException("on purpose");
    }

    /// <summary>Somebody cancels it while it runs.</summary>
    [Job("crash.cancel", MaxAttempts = MaxAttempts)]
    public async Task CancelAsync(JobContext job)
    {
        witness.Saw(job);
        try
        {
            await client.CancelAsync(job.Id, CancellationToken.None);
        }
        catch (JobStoreUnavailableException)
        {
            await client.CancelAsync(job.Id, CancellationToken.None);
        }
        await UntilToldAsync(job);
    }

    /// <summary>The store loses its data while it runs for the first time.</summary>
    [Job("crash.lose", MaxAttempts = MaxAttempts)]
    public Task LoseStoreAsync(JobContext job)
    {
        witness.Saw(job);
        var lose = witness.LoseStoreAsync;
        witness.LoseStoreAsync = null;
        return lose?.Invoke() ?? Task.CompletedTask;
    }

    /// <summary>It does, and the body fails.</summary>
    [Job("crash.lose-and-fail", MaxAttempts = MaxAttempts)]
    public async Task LoseStoreAndFailAsync(JobContext job)
    {
        var fails = witness.LoseStoreAsync is not null;
        await LoseStoreAsync(job);
        if (fails)
            throw new InvalidOperationException("on purpose");
    }

    /// <summary>Its process is told to stop when it runs for the first time.</summary>
    [Job("crash.stop")]
    public async Task StopAsync(JobContext job)
    {
        witness.Saw(job);
        if (witness.Shutdown.IsCancellationRequested)
            return;
        await witness.Shutdown.CancelAsync();
        await UntilToldAsync(job);
    }

    /// <summary>Makes two effects, fails, and would make them again.</summary>
    [Job("crash.effects", MaxAttempts = MaxAttempts)]
    public async Task MakeEffectsAsync(JobContext job)
    {
        witness.Saw(job);
        await effects.OnceAsync("first", () => witness.MakeEffect(job, "first"));
        await effects.OnceAsync("second", () => witness.MakeEffect(job, "second"));
        if (job.Attempt == 1)
            throw new InvalidOperationException("on purpose");
    }

    private static Task UntilToldAsync(JobContext job) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, job.Cancellation).WaitAsync(Limits.Signal);
}
