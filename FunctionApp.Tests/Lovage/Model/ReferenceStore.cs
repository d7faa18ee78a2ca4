using Lovage;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>
/// What the store is to do, said once more in memory: one caller, one clock, no indexes. What the real one keeps besides its jobs (indexes, the
/// sets of held jobs) is derived here from the jobs, so that to agree with the reference is to be consistent.
/// </summary>
internal sealed partial class ReferenceStore(LovageOptions options, IReadOnlyList<string> names)
{
    private readonly SortedDictionary<string, ReferenceJob> jobs = new(StringComparer.Ordinal);

    // For each idempotency key its job, and what was asked for.
    private readonly SortedDictionary<string, (string Id, string Fingerprint)> keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> leases = [];
    private readonly HashSet<string> workers = [];

    /// <summary>Milliseconds since 1970. Some day, so that all times have the same number of digits.</summary>
    public long Now { get; private set; } = 1_800_000_000_000;

    public string? Epoch { get; private set; }

    private long NewestClaimedRing { get; set; }

    /// <summary>How often each way from state to state was taken.</summary>
    public Dictionary<(JobState From, JobState To), int> Moves { get; } = [];

    public ReferenceJob? Find(JobId id) => jobs.GetValueOrDefault(id.ToString());

    public void Advance(TimeSpan by) => Now += (long)by.TotalMilliseconds;

    public void Flush()
    {
        jobs.Clear();
        leases.Clear();
        workers.Clear();
        keys.Clear();
        Epoch = null;
        NewestClaimedRing = 0;
    }

    public CreatedJobs Create(IReadOnlyList<JobEnvelope> envelopes, string newEpoch)
    {
        var created = new CreatedJobs(Live(newEpoch), DateTimeOffset.FromUnixTimeMilliseconds(Now), [.. Earlier(envelopes).Where(job => job.IsOther)]);
        if (created.Earlier.Count > 0)
            return created;
        var earlier = new List<EarlierJob>();
        for (var i = 0; i < envelopes.Count; i++)
        {
            // One after the other: the key of one may be the key of the next.
            if (Earlier([envelopes[i]]).ToArray() is [var first])
                earlier.Add(first with { Position = i });
            else
                Create(envelopes[i]);
        }
        return created with { Earlier = earlier };
    }

    private void Create(JobEnvelope envelope)
    {
        if (Find(envelope.Id) is not null)
            return;
        var due = Moment(envelope.NotBefore, envelope.Delay);
        var waits = due > Now;
        jobs[envelope.Id.ToString()] = new()
        {
            Name = envelope.Name,
            State = waits ? JobState.Scheduled : JobState.Queued,
            EnqueuedAt = Now,
            Since = Now,
            Due = waits ? due : null,
            Expires = Moment(envelope.Expires, envelope.ExpiresAfter),
            HasArguments = true,
            Origin = envelope.Origin is JobOrigin.Client ? null : envelope.Origin.ToString().ToLowerInvariant(),
            RungAt = Now,
            Claims = 0,
        };
        Find(envelope.Id)!.Note(waits ? 'w' : 'q', Now);
        if (envelope.Idempotency is { } key)
            keys[key.Hash] = (envelope.Id.ToString(), key.Fingerprint);
    }

    private IEnumerable<EarlierJob> Earlier(IReadOnlyList<JobEnvelope> envelopes)
    {
        for (var i = 0; i < envelopes.Count; i++)
        {
            if (envelopes[i].Idempotency is { } key && keys.TryGetValue(key.Hash, out var used) && used.Id != envelopes[i].Id.ToString())
                yield return new(i, new(Guid.Parse(used.Id)), used.Fingerprint != key.Fingerprint);
        }
    }

    /// <summary>A time to live runs out: that of the first use of an idempotency key.</summary>
    public void Forget(IdempotencyKey key) => keys.Remove(key.Hash);

    /// <summary>A time to live runs out: that of a tombstone.</summary>
    public bool ForgetTombstone(JobId id) => Find(id) is { IsTombstone: true } && jobs.Remove(id.ToString());

    /// <returns>The state that it has now.</returns>
    public JobState? Cancel(JobId id)
    {
        if (Find(id) is not { } job)
            return null;
        if (job.State is JobState.Queued or JobState.Scheduled)
            Finish(job, JobState.Cancelled);
        else if (job.State is JobState.Running)
            job.IsToBeCancelled = true;
        return job.State;
    }

    /// <returns>False for what has not failed or cannot be run.</returns>
    public bool Replay(JobId id, bool repeatEffects)
    {
        if (Find(id) is not { State: JobState.Failed, IsTombstone: false, IsUnreadable: false } job)
            return false;
        Move(job, JobState.Queued);
        (job.Attempt, job.RungAt, job.Expires, job.Reason) = (1, 0, null, null);
        (job.HasError, job.RunsAlone, job.Crashes, job.IsToBeCancelled) = (false, false, 0, false);
        if (repeatEffects)
        {
            foreach (var effect in job.Effects.Where(effect => effect.Value.StartsWith('i')).ToArray())
                job.Effects.Remove(effect.Key);
            job.Origin = job.Origin is null ? null : "message";
        }
        return true;
    }

    public void Bury(DeadLetter letter)
    {
        if (Find(letter.Id) is not null)
            return;
        jobs[letter.Id.ToString()] = new()
        {
            Name = letter.Name,
            State = JobState.Failed,
            EnqueuedAt = Now,
            Since = Now,
            HasError = true,
            Reason = letter.Reason,
            IsUnreadable = true,
            Origin = "message",
        };
        Find(letter.Id)!.Note('f', Now);
    }

    // When the store's life began, and chance.
    private string Live(string newEpoch) => Epoch ??= newEpoch.StartsWith($"{Now}-", StringComparison.Ordinal) ? newEpoch : $"{Now}-…";

    private long? Moment(DateTimeOffset? at, TimeSpan? after) =>
        at?.ToUnixTimeMilliseconds() ?? (after is { } span ? Now + (long)Math.Ceiling(span.TotalMilliseconds) : null);

    private void Move(ReferenceJob job, JobState to)
    {
        Moves[(job.State, to)] = Moves.GetValueOrDefault((job.State, to)) + 1;
        (job.State, job.Since) = (to, Now);
        job.Note(Letter(to), Now);
    }

    private static char Letter(JobState state) => state switch
    {
        JobState.Scheduled => 'w',
        JobState.Expired => 'x',
        _ => char.ToLowerInvariant($"{state}"[0]),
    };

    private void Finish(ReferenceJob job, JobState to)
    {
        Move(job, to);
        job.HasArguments &= to is JobState.Failed;
    }
}
