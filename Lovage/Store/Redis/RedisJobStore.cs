using System.Globalization;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

internal sealed class RedisJobStore(RedisConnection connection, IOptions<LovageOptions> options) : IJobStore
{
    // A script holds up everybody else on the server: this many hashes take it a few milliseconds.
    private const int MaxJobsPerScript = 500;

    private readonly RedisKeys keys = connection.Keys;
    private readonly RedisRetention keep = new(options.Value);

    public async Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        var newEpoch = Guid.NewGuid().ToString("N");
        CreatedJobs created = default;
        // One after the other: the server works on one script at a time anyway, and a long row of them would time out while it waits.
        foreach (var chunk in jobs.Chunk(MaxJobsPerScript))
        {
            var reply = (RedisValue[])(await connection.RunAsync(
                RedisScripts.Create, [.. keys.Indexes, keys.Epoch, .. chunk.Select(j => keys.Job(j.Id))], CreateValues(newEpoch, chunk), cancellation).ConfigureAwait(false))!;
            created = new((string)reply[0]!, JobHash.Time(reply[1])!.Value);
        }
        return created;
    }

    public async Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation)
    {
        var fields = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), JobHash.Fields), cancellation).ConfigureAwait(false);
        return JobHash.Read(id, fields);
    }

    public async Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation)
    {
        RedisKey[] scriptKeys =
            [.. keys.Indexes, keys.Epoch, keys.Lease(worker), keys.Held(worker), keys.NewestClaimedRing, .. jobs.Select(j => keys.Job(j.Id))];
        RedisValue[] values =
        [
            worker.Value, keep.Ended,
            .. jobs.SelectMany(job => new RedisValue[] { job.Id.ToString(), job.Claim, job.Arguments is null ? "1" : "0", alone ? "1" : "0" }),
        ];
        var reply = (RedisResult[])(await connection.RunAsync(RedisScripts.Claim, scriptKeys, values, cancellation).ConfigureAwait(false))!;
        if (reply.Length == 0)
            throw new WorkerLeaseLostException(worker);
        var epoch = (string?)reply[0];
        return [.. jobs.Select((job, i) => Answer(worker, job, epoch, (RedisValue[])reply[i + 1]!))];
    }

    public async Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation)
    {
        RedisValue[] values =
        [
            claim.Job.ToString(), claim.Claim, EventName(settlement.Event), settlement.Result ?? RedisValue.EmptyString, JobHash.Write(settlement.Error),
            settlement.Reason?.ToString() ?? "", settlement.Error is { } error ? JobHash.WriteAttempt(claim.Attempt, error) : "",
            Math.Ceiling(settlement.Delay.TotalMilliseconds).ToString(CultureInfo.InvariantCulture), keep.After(settlement.Event),
        ];
        var answer = (RedisValue)await connection.RunAsync(
            RedisScripts.Settle, [.. keys.Indexes, keys.Held(claim.Worker), keys.Job(claim.Job)], values, cancellation).ConfigureAwait(false);
        return new(JobHash.TryReadState(answer), IsGone: answer == "gone");
    }

    public async Task<bool> RestoreAsync(JobEnvelope job, JobClaim claim, Settlement settlement, CancellationToken cancellation)
    {
        var state = JobLifecycle.Next(JobState.Running, settlement.Event)!.Value;
        List<RedisValue> values = [job.Id.ToString(), JobHash.Write(state), "name", job.Name, "attempt", claim.Attempt, "claim", claim.Claim];
        if (job.Arguments is { } arguments)
            values.AddRange(["args", arguments]);
        if (settlement.Result is { } result)
            values.AddRange(["result", result]);
        if (settlement.Error is { } error)
            values.AddRange(["error", JobHash.Write(error)]);
        if (settlement.Reason is { } reason)
            values.AddRange(["reason", reason.ToString()]);
        values.Add(keep.After(settlement.Event));
        return (bool)await connection.RunAsync(RedisScripts.Restore, [.. keys.Indexes, keys.Job(job.Id)], [.. values], cancellation).ConfigureAwait(false);
    }

    public async Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), "worker"), cancellation).ConfigureAwait(false);
            var worker = new WorkerId((string?)read ?? "");
            var answer = (RedisValue)await connection.RunAsync(
                RedisScripts.Cancel, [.. keys.Indexes, keys.Cancellations(worker), keys.Job(id)], [id.ToString(), worker.Value, keep.Ended], cancellation).ConfigureAwait(false);
            // Another worker took it between the two calls: ask that one.
            if (answer != "moved")
                return JobHash.TryReadState(answer);
        }
    }

    public Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation) =>
        connection.RunAsync(
            RedisScripts.Progress, [keys.Job(claim.Job)], [claim.Claim, JsonSerializer.SerializeToUtf8Bytes(progress, JobJson.Options)], cancellation);

    public Task CheckAsync(CancellationToken cancellation) => connection.CallAsync(db => db.PingAsync(), cancellation);

    private static RedisValue[] CreateValues(string newEpoch, JobEnvelope[] jobs) =>
    [
        newEpoch,
        .. jobs.SelectMany(job => new RedisValue[]
        {
            job.Id.ToString(), job.Name, job.Arguments!.Value,
            job.Headers.Count == 0 ? RedisValue.EmptyString : JsonSerializer.SerializeToUtf8Bytes(job.Headers, JobJson.Options),
            job.TraceParent ?? RedisValue.EmptyString, Moment(job.NotBefore, job.Delay), Moment(job.Expires, job.ExpiresAfter), job.MaxAttempts ?? RedisValue.EmptyString,
        }),
    ];

    // A time from now is measured by the store's clock, like everything else.
    private static RedisValue Moment(DateTimeOffset? at, TimeSpan? after) =>
        at is { } time ? JobHash.Write(time) : after is { } span ? $"+{(long)Math.Ceiling(span.TotalMilliseconds)}" : RedisValue.EmptyString;

    private static ClaimAnswer Answer(WorkerId worker, JobEnvelope job, string? epoch, RedisValue[] answer) => (string?)answer[0] switch
    {
        "run" => new ClaimAnswer.Run(new(job.Id, job.Claim, worker, (int)answer[1], JobHash.Bytes(answer[2]))),
        "held" => new ClaimAnswer.Held(new((string)answer[1]!)),
        "over" => new ClaimAnswer.Over(JobHash.ReadState(answer[1])),
        "early" => new ClaimAnswer.Early(TimeSpan.FromMilliseconds((double)answer[1])),
        "alone" => new ClaimAnswer.Alone(),
        _ => new ClaimAnswer.Unknown(string.IsNullOrEmpty(epoch) ? null : epoch),
    };

    private static string EventName(JobEvent @event) => @event switch
    {
        JobEvent.Succeed => "succeed",
        JobEvent.Fail => "fail",
        JobEvent.Retry or JobEvent.RetryAtOnce => "retry",
        JobEvent.Release => "release",
        JobEvent.Stop => "cancel",
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "This is not the end of a run."),
    };
}
