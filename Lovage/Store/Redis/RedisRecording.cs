using System.Text.Json;
using Lovage.Jobs;
using Lovage.Queue;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Records new jobs; single ones that come together in one call.</summary>
internal sealed class RedisRecording
{
    // As create.lua reads them.
    private const int ValuesOfJob = 12;

    private readonly RedisConnection connection;
    private readonly RedisKeys keys;
    private readonly long idempotencyWindow;
    private readonly GroupCommit<JobEnvelope, CreatedJobs> group;

    public RedisRecording(RedisConnection connection, LovageOptions options)
    {
        (this.connection, keys, idempotencyWindow) = (connection, connection.Keys, (long)options.IdempotencyWindow.TotalMilliseconds);
        group = new()
        {
            Send = CreateTogetherAsync,
            MostItems = RedisScripts.MostJobs,
            Weigh = job => job.Arguments?.Length ?? 0,
            Heaviest = RedisScripts.MostBytes,
            // A job that is recorded already is left as it is.
            MayBeOfOne = RedisConnection.IsRefusal,
            // They ring.
            ContinuesAtOnce = true,
        };
    }

    public Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation) => jobs switch
    {
        [] => throw new ArgumentException("There are no jobs to record.", nameof(jobs)),
        // What an idempotency key refuses is refused for the whole call.
        [{ Idempotency: null } job] => group.AddAsync(job).WaitAsync(cancellation),
        _ => CreateAllAsync(jobs, cancellation),
    };

    private async Task<IReadOnlyList<CreatedJobs>> CreateTogetherAsync(IReadOnlyList<JobEnvelope> jobs)
    {
        var created = await CreateAllAsync(jobs, CancellationToken.None).ConfigureAwait(false);
        return [.. Enumerable.Repeat(created, jobs.Count)];
    }

    private async Task<CreatedJobs> CreateAllAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        var newEpoch = Guid.NewGuid().ToString("N");
        CreatedJobs? created = null;
        var earlier = jobs.Count > RedisScripts.MostJobs ? await FindOthersAsync(jobs, cancellation).ConfigureAwait(false) : [];
        if (earlier.Count > 0)
            return new("", default, earlier);
        // One after the other: the server works on one script at a time anyway, and a long row of them would time out while it waits. Meanwhile the next
        // one is written.
        JobEnvelope[][] chunks = [.. jobs.Chunk(RedisScripts.MostJobs)];
        var (nextKeys, nextValues) = (Keys(chunks[0]), Values(newEpoch, chunks[0]));
        for (var index = 0; index < chunks.Length; index++)
        {
            var running = connection.RunAsync(RedisScripts.Create, nextKeys, nextValues, cancellation);
            if (index + 1 < chunks.Length)
                (nextKeys, nextValues) = (Keys(chunks[index + 1]), Values(newEpoch, chunks[index + 1]));
            var reply = (RedisValue[])(await running.ConfigureAwait(false))!;
            created = new((string)reply[0]!, JobHash.Time(reply[1])!.Value, earlier);
            for (var i = 2; i < reply.Length; i += 3)
                earlier.Add(new((index * RedisScripts.MostJobs) + (int)reply[i], JobHash.ReadId(reply[i + 1]), IsOther: reply[i + 2] == "1"));
            if (earlier.Any(job => job.IsOther))
                break;
        }
        return created!;
    }

    // Before the first of several scripts: jobs are recorded all or, if one may not be, none.
    private async Task<List<EarlierJob>> FindOthersAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        var used = await Task.WhenAll(jobs.Index().Where(job => job.Item.Idempotency is not null).Select(async job => (
            job.Index, job.Item.Idempotency!.Value.Fingerprint,
            Entry: (string?)await connection.CallAsync(db => db.StringGetAsync(keys.Idempotency(job.Item.Idempotency!.Value)), cancellation).ConfigureAwait(false)))).ConfigureAwait(false);
        return [.. used
            .Where(key => key.Entry is { } entry && !entry.EndsWith(key.Fingerprint, StringComparison.Ordinal))
            .Select(key => new EarlierJob(key.Index, JobHash.ReadId(key.Entry!.Split(' ')[0]), IsOther: true))];
    }

    private RedisKey[] Keys(JobEnvelope[] jobs) =>
    [
        .. keys.Indexes, keys.Epoch, keys.Jobs, .. jobs.Select(job => keys.Job(job.Id)),
        .. jobs.Where(job => job.Idempotency is not null).Select(job => keys.Idempotency(job.Idempotency!.Value)),
    ];

    private RedisValue[] Values(string newEpoch, JobEnvelope[] jobs)
    {
        var values = new RedisValue[3 + (jobs.Length * ValuesOfJob)];
        (values[0], values[1], values[2]) = (newEpoch, idempotencyWindow, jobs.Length);
        foreach (var (index, job) in jobs.Index())
        {
            ReadOnlySpan<RedisValue> its =
            [
                job.Id.ToString(), job.Name, job.Arguments!.Value,
                job.Headers.Count == 0 ? RedisValue.EmptyString : JsonSerializer.SerializeToUtf8Bytes(job.Headers, JobJson.Options),
                job.TraceParent ?? RedisValue.EmptyString, Moment(job.NotBefore, job.Delay), Moment(job.Expires, job.ExpiresAfter), job.MaxAttempts ?? RedisValue.EmptyString,
                JobHash.Write(job.Origin), job.Extra ?? RedisValue.EmptyString, job.Idempotency?.Fingerprint ?? RedisValue.EmptyString,
                job.TimeLimit is { } limit ? (long)limit.TotalMilliseconds : RedisValue.EmptyString,
            ];
            its.CopyTo(values.AsSpan(3 + (index * ValuesOfJob), ValuesOfJob));
        }
        return values;
    }

    // A time from now is measured by the store's clock, like everything else.
    private static RedisValue Moment(DateTimeOffset? at, TimeSpan? after) =>
        at is { } time ? JobHash.Write(time) : after is { } span ? $"+{(long)Math.Ceiling(span.TotalMilliseconds)}" : RedisValue.EmptyString;
}
