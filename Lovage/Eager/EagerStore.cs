using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Eager;

/// <summary>Records in memory, for as long as the container lives. It forgets none, so there is nothing to restore.</summary>
internal sealed class EagerStore(TimeProvider time) : IJobStore
{
    private const string Epoch = "eager";

    private readonly Dictionary<JobId, EagerJob> jobs = [];
    private readonly Dictionary<string, (IdempotencyKey Key, JobId First)> keys = [];
    private readonly Lock gate = new();

    public Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation) => Locked(now =>
    {
        var earlier = Earlier(jobs);
        if (earlier.All(job => !job.IsOther))
        {
            foreach (var (_, job) in jobs.Index().Where(job => earlier.All(e => e.Position != job.Index)))
                this.jobs.TryAdd(job.Id, new(job, Record(job, now)));
        }
        return new CreatedJobs(Epoch, now, earlier);
    });

    public Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation) => Locked(_ => Find(id)?.Record);

    // Nobody calls: a job has ended when its enqueuer could ask.
    public Task<IAsyncDisposable> WatchAsync(JobId id, Action changed, CancellationToken cancellation) => Task.FromResult<IAsyncDisposable>(new Silence());

    public Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation) =>
        Locked<IReadOnlyList<ClaimAnswer>>(now => [.. jobs.Select(job => Claim(worker, job, now))]);

    public Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation) => Locked(now =>
    {
        if (Find(claim.Job) is not { } job)
            return new SettleAnswer(null, IsGone: true);
        if (job.Claim != claim.Claim)
            return default;
        job.End(settlement, now);
        return new(job.Record.State);
    });

    public Task<bool> RestoreAsync(JobEnvelope job, JobClaim claim, Settlement settlement, CancellationToken cancellation) => Task.FromResult(false);

    public Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation) => Locked(now =>
    {
        if (Find(id) is not { } job)
            return (JobState?)null;
        if (job.Record.State is JobState.Running)
            job.Record = job.Record with { CancelRequested = true };
        else
            job.Happen(JobEvent.Cancel, now);
        return job.Record.State;
    });

    public Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation) => Locked(now =>
    {
        if (Find(claim.Job) is { Record.State: JobState.Running } job && job.Claim == claim.Claim)
            job.Record = job.Record with { Progress = progress, Changes = [.. job.Record.Changes, new(job.Record.Changes.Count + 1, now, null, progress)] };
        return progress;
    });

    public Task<EffectAnswer> IntendAsync(EffectIntent intent, CancellationToken cancellation) => Locked<EffectAnswer>(_ =>
        Find(intent.Claim.Job) is { Record.State: JobState.Running } job && job.Claim == intent.Claim.Claim ? job.Effects.Intend(intent) : new EffectAnswer.Stale());

    public Task<bool> ConcludeAsync(EffectIntent intent, ReadOnlyMemory<byte> value, CancellationToken cancellation) =>
        Locked(_ => Find(intent.Claim.Job)?.Effects.Conclude(intent, value) ?? false);

    public Task<bool> WithdrawAsync(EffectIntent intent, CancellationToken cancellation) => Locked(_ => Find(intent.Claim.Job)?.Effects.Withdraw(intent) ?? false);

    public Task CheckAsync(CancellationToken cancellation) => Task.CompletedTask;

    // Notes the keys that are new, unless one of the others was used for something else.
    private List<EarlierJob> Earlier(IReadOnlyList<JobEnvelope> jobs)
    {
        var keyed = jobs.Index().Where(job => job.Item.Idempotency is not null).Select(job => (job.Index, job.Item.Id, Key: job.Item.Idempotency!.Value)).ToArray();
        var earlier = keyed.Where(job => keys.TryGetValue(job.Key.Hash, out var used) && used.Key != job.Key)
            .Select(job => new EarlierJob(job.Index, keys[job.Key.Hash].First, IsOther: true)).ToList();
        if (earlier.Count == 0)
            earlier.AddRange(keyed.Where(job => !keys.TryAdd(job.Key.Hash, (job.Key, job.Id))).Select(job => new EarlierJob(job.Index, keys[job.Key.Hash].First, IsOther: false)));
        return earlier;
    }

    private static JobRecord Record(JobEnvelope job, DateTimeOffset now)
    {
        var due = job.Delay is { } delay ? now + delay : job.NotBefore;
        var state = due > now ? JobState.Scheduled : JobState.Queued;
        return new()
        {
            Id = job.Id,
            Name = job.Name,
            State = state,
            Attempt = 1,
            EnqueuedAt = now,
            ChangedAt = now,
            Changes = [new(1, now, state, null)],
            DueAt = due > now ? due : null,
            ExpiresAt = job.ExpiresAfter is { } after ? now + after : job.Expires,
        };
    }

    private ClaimAnswer Claim(WorkerId worker, JobEnvelope asked, DateTimeOffset now)
    {
        if (Find(asked.Id) is not { } job)
            return new ClaimAnswer.Unknown(Epoch);
        if (job.Begin(asked.Claim, now))
            return new ClaimAnswer.Run(new(asked.Id, job.Record.Name, asked.Claim, worker, job.Record.Attempt, job.Envelope.Arguments));
        return job.Record.State.IsFinal() ? new ClaimAnswer.Over(job.Record.State) : new ClaimAnswer.Held(worker);
    }

    private EagerJob? Find(JobId id) => jobs.GetValueOrDefault(id);

    // Tests may enqueue from several threads.
    private Task<T> Locked<T>(Func<DateTimeOffset, T> act)
    {
        lock (gate)
            return Task.FromResult(act(time.GetUtcNow()));
    }

    private sealed class Silence : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => default;
    }
}
