using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage;

/// <summary>A store whose answers get lost: what was asked is done, but the caller hears of a failure.</summary>
internal sealed class LossyStore(IJobStore store) : IJobStore
{
    private int reads;

    /// <summary>So many of the next claims' answers are lost.</summary>
    public int Claims { get; set; }

    /// <summary>So many of the next settlements' answers are lost.</summary>
    public int Settles { get; set; }

    /// <summary>So many of the next records' answers are lost.</summary>
    public int Creates { get; set; }

    /// <summary>So many of the next answers about effects are lost.</summary>
    public int Effects { get; set; }

    /// <summary>How often a job was read.</summary>
    public int Reads => reads;

    public async Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        var answer = await store.CreateAsync(jobs, cancellation);
        return Creates-- > 0 ? throw Lost() : answer;
    }

    public async Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation)
    {
        var answer = await store.ClaimAsync(worker, jobs, alone, cancellation);
        return Claims-- > 0 ? throw Lost() : answer;
    }

    public async Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation)
    {
        var answer = await store.SettleAsync(claim, settlement, cancellation);
        return Settles-- > 0 ? throw Lost() : answer;
    }

    public Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation)
    {
        Interlocked.Increment(ref reads);
        return store.GetAsync(id, cancellation);
    }

    public Task<IAsyncDisposable> WatchAsync(JobId id, Action changed, CancellationToken cancellation) => store.WatchAsync(id, changed, cancellation);

    public Task<bool> RestoreAsync(JobEnvelope job, JobClaim claim, Settlement settlement, CancellationToken cancellation) =>
        store.RestoreAsync(job, claim, settlement, cancellation);

    public Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation) => store.CancelAsync(id, cancellation);

    public Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation) => store.ReportProgressAsync(claim, progress, cancellation);

    public async Task<EffectAnswer> IntendAsync(EffectIntent intent, CancellationToken cancellation)
    {
        var answer = await store.IntendAsync(intent, cancellation);
        return Effects-- > 0 ? throw Lost() : answer;
    }

    public async Task<bool> ConcludeAsync(EffectIntent intent, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        var answer = await store.ConcludeAsync(intent, value, cancellation);
        return Effects-- > 0 ? throw Lost() : answer;
    }

    public async Task<bool> WithdrawAsync(EffectIntent intent, CancellationToken cancellation)
    {
        var answer = await store.WithdrawAsync(intent, cancellation);
        return Effects-- > 0 ? throw Lost() : answer;
    }

    public Task CheckAsync(CancellationToken cancellation) => store.CheckAsync(cancellation);

    private static JobStoreUnavailableException Lost() => new(new TimeoutException("the answer was lost"));
}
