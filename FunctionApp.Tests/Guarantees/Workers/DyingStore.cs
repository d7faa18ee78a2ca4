using System.Collections.Concurrent;
using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Guarantees.Workers;

/// <summary>The real store, with deaths before and after its answers.</summary>
internal sealed class DyingStore(IJobStore store, Death death) : IJobStore
{
    // Jobs that were claimed in one call are of one message.
    private readonly ConcurrentDictionary<JobId, Pack> packs = new();
    private bool hasRefused;

    public async Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation)
    {
        death.Pass(DeathPoint.Received);
        RefuseOnce();
        var answers = await store.ClaimAsync(worker, jobs, alone, cancellation);
        var claimed = answers.OfType<ClaimAnswer.Run>().ToArray();
        var pack = new Pack { Open = claimed.Length };
        foreach (var run in claimed)
            packs[run.Claim.Job] = pack;
        if (claimed.Length > 0)
            death.Pass(DeathPoint.Claimed);
        return answers;
    }

    public async Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation)
    {
        var answer = await store.SettleAsync(claim, settlement, cancellation);
        if (packs.TryRemove(claim.Job, out var pack) && Interlocked.Decrement(ref pack.Open) > 0)
            death.Pass(DeathPoint.MidPack);
        return answer;
    }

    public async Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        death.Pass(DeathPoint.Committed);
        var created = await store.CreateAsync(jobs, cancellation);
        death.Pass(DeathPoint.Relayed);
        return created;
    }

    public Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation) => store.GetAsync(id, cancellation);

    public Task<IAsyncDisposable> WatchAsync(JobId id, Action changed, CancellationToken cancellation) => store.WatchAsync(id, changed, cancellation);

    public Task<bool> RestoreAsync(JobEnvelope job, JobClaim claim, Settlement settlement, CancellationToken cancellation) =>
        store.RestoreAsync(job, claim, settlement, cancellation);

    public Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation) => store.CancelAsync(id, cancellation);

    public Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation) =>
        store.ReportProgressAsync(claim, progress, cancellation);

    public Task<EffectAnswer> IntendAsync(EffectIntent intent, CancellationToken cancellation) => store.IntendAsync(intent, cancellation);

    public Task<bool> ConcludeAsync(EffectIntent intent, ReadOnlyMemory<byte> value, CancellationToken cancellation) =>
        store.ConcludeAsync(intent, value, cancellation);

    public Task<bool> WithdrawAsync(EffectIntent intent, CancellationToken cancellation) => store.WithdrawAsync(intent, cancellation);

    public Task CheckAsync(CancellationToken cancellation) => store.CheckAsync(cancellation);

    // Only a message that breaks the engine goes to the poison queue; nothing but a defect does that.
    private void RefuseOnce()
    {
        if (!death.IsAt(DeathPoint.PoisonCopied) || Interlocked.Exchange(ref hasRefused, true))
            return;
        throw new InvalidOperationException("A test wants this message to be given up.");
    }

    private sealed class Pack
    {
        public int Open;
    }
}
