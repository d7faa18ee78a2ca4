using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>
/// Finds what crashes left behind. Ids are read first; the script that acts declares their keys and checks again, so any number
/// of processes may sweep at the same time.
/// </summary>
internal sealed class RedisSweep(RedisConnection connection, IOptions<LovageOptions> options)
{
    // Bounded, so that a sweep costs little however much there is: the next one goes on.
    private const int MaxJobs = 100;

    private static readonly JobError CrashError = new(
        "Lovage.WorkerLost", "The process died each time while this job ran alone in it; see the logs of the process for what it died of.");

    private readonly RedisKeys keys = connection.Keys;
    private readonly LovageOptions settings = options.Value;

    /// <summary>Workers whose lease has run out and who may still hold jobs.</summary>
    public async Task<IReadOnlyList<WorkerId>> FindDeadWorkersAsync(CancellationToken cancellation)
    {
        var workers = await connection.CallAsync(db => db.SetMembersAsync(keys.Workers), cancellation).ConfigureAwait(false);
        var dead = await Task.WhenAll(workers.Select(async value =>
        {
            var worker = new WorkerId((string)value!);
            return (worker, IsAlive: await connection.CallAsync(db => db.KeyExistsAsync(keys.Lease(worker)), cancellation).ConfigureAwait(false));
        })).ConfigureAwait(false);
        return [.. dead.Where(d => !d.IsAlive).Select(d => d.worker)];
    }

    /// <summary>Takes the jobs of a dead worker back.</summary>
    /// <returns>What became of each: queued to run alone, failed, or cancelled.</returns>
    public async Task<IReadOnlyList<(JobId Id, JobState State)>> ReclaimAsync(WorkerId worker, CancellationToken cancellation)
    {
        var ids = await HeldAsync(worker, cancellation).ConfigureAwait(false);
        var states = await Task.WhenAll(ids.Select(async id => await ReclaimAsync(id, await NameAsync(id, cancellation).ConfigureAwait(false), worker, cancellation).ConfigureAwait(false)))
            .ConfigureAwait(false);
        // No lease, no more claims: an empty set stays empty.
        await connection.CallAsync(db => db.SetRemoveAsync(keys.Workers, worker.Value), cancellation).ConfigureAwait(false);
        return [.. ids.Zip(states).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!.Value))];
    }

    /// <summary>The jobs that a worker has, as the store knows it.</summary>
    public async Task<IReadOnlyList<JobId>> HeldAsync(WorkerId worker, CancellationToken cancellation)
    {
        var held = await connection.CallAsync(db => db.SetMembersAsync(keys.Held(worker)), cancellation).ConfigureAwait(false);
        return [.. held.Select(JobHash.ReadId)];
    }

    /// <summary>Gives back a job that this worker has without knowing it; the next look for suspects rings it.</summary>
    /// <returns>The state that it has now; null if the worker no longer has it.</returns>
    public async Task<JobState?> DisownAsync(JobId id, WorkerId worker, CancellationToken cancellation)
    {
        var name = await NameAsync(id, cancellation).ConfigureAwait(false);
        return JobHash.TryReadState((RedisValue)await connection.RunAsync(
            RedisScripts.Disown, [.. keys.Indexes, keys.Held(worker), keys.Job(id), keys.Finished(name)], [id.ToString(), worker.Value], cancellation).ConfigureAwait(false));
    }

    /// <summary>Takes one job back if its worker's lease has run out.</summary>
    /// <returns>The state that it has now; null if the worker is alive or has the job no longer.</returns>
    public async Task<JobState?> ReclaimAsync(JobId id, string name, WorkerId worker, CancellationToken cancellation) =>
        JobHash.TryReadState((RedisValue)await connection.RunAsync(
            RedisScripts.Reclaim, [.. keys.Indexes, keys.Lease(worker), keys.Held(worker), keys.Job(id), keys.Finished(name)],
            [id.ToString(), worker.Value, settings.MaxCrashes, JobHash.Write(CrashError)], cancellation).ConfigureAwait(false));

    /// <summary>Jobs whose doorbell may be lost, a bounded number.</summary>
    public async Task<IReadOnlyList<JobId>> FindSuspectsAsync(CancellationToken cancellation)
    {
        var ids = (RedisValue[])(await connection.RunAsync(
            RedisScripts.Suspects, [keys.Queued, keys.Scheduled, keys.NewestClaimedRing],
            [Milliseconds(settings.OvertakenAfter), Milliseconds(settings.UnclaimedAfter), Milliseconds(settings.SweepInterval), MaxJobs], cancellation).ConfigureAwait(false))!;
        return [.. ids.Select(JobHash.ReadId)];
    }

    /// <summary>How long the job that was rung longest ago could have begun; zero if none is queued.</summary>
    public async Task<TimeSpan> QueueAgeAsync(CancellationToken cancellation)
    {
        var first = await connection.CallAsync(db => db.SortedSetRangeByRankAsync(keys.Queued, 0, 0), cancellation).ConfigureAwait(false);
        if (first.Length == 0)
            return TimeSpan.Zero;
        var id = JobHash.ReadId(first[0]);
        var age = (RedisValue)await connection.RunAsync(RedisScripts.Age, [keys.Queued, keys.Job(id)], [id.ToString()], cancellation).ConfigureAwait(false);
        return age.IsNull ? TimeSpan.Zero : TimeSpan.FromMilliseconds((double)age);
    }

    /// <summary>Takes jobs to be rung by this process; those that somebody else took in between, or that need no ring, are left out.</summary>
    public async Task<IReadOnlyList<(JobEnvelope Job, bool Alone)>> TakeAsync(IReadOnlyList<JobId> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var reply = (RedisResult[])(await connection.RunAsync(
            RedisScripts.Ring, [.. keys.Indexes, keys.Epoch, .. ids.Select(keys.Job)],
            [Milliseconds(settings.OvertakenAfter), .. ids.Select(id => (RedisValue)id.ToString())], cancellation).ConfigureAwait(false))!;
        return [.. ids.Select((id, i) => Envelope(id, (string?)reply[0], (RedisValue[])reply[i + 1]!)).OfType<(JobEnvelope, bool)>()];
    }

    /// <summary>Notes that jobs could not be rung: the next sweep, of any process, tries again.</summary>
    public Task MarkUnrungAsync(IReadOnlyList<JobId> ids, CancellationToken cancellation) => connection.CallAsync(
        db => db.SortedSetAddAsync(keys.Queued, [.. ids.Select(id => new SortedSetEntry(id.ToString(), 0))], When.Exists), cancellation);

    private async Task<string> NameAsync(JobId id, CancellationToken cancellation) =>
        (string?)await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), "name"), cancellation).ConfigureAwait(false) ?? "";

    private static (JobEnvelope, bool)? Envelope(JobId id, string? epoch, RedisValue[] job) => job.Length == 0 ? null : (
        new()
        {
            Id = id,
            Name = (string)job[0]!,
            Arguments = JobHash.Bytes(job[1]),
            Headers = JobHash.Json<Dictionary<string, string>>(job[2]) ?? JobEnvelope.Empty,
            TraceParent = (string?)job[3],
            Expires = JobHash.Time(job[4]),
            MaxAttempts = job[5].IsNullOrEmpty ? null : (int)job[5],
            Epoch = epoch,
            Extra = JobHash.Bytes(job[7]),
            TimeLimit = job[8].IsNullOrEmpty ? null : TimeSpan.FromMilliseconds((long)job[8]),
        },
        !job[6].IsNull);

    private static RedisValue Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
