using System.Text.Json;
using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

internal sealed class RedisJobStore(RedisConnection connection, IOptions<LovageOptions> options) : IJobStore
{
    private static readonly byte[] Probe = new byte[MessageWriter.MaxMessageBytes];

    private readonly RedisKeys keys = connection.Keys;
    private readonly RedisRecording recording = new(connection, options.Value);
    private readonly RedisSettling settling = new(connection);

    public Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation) => recording.CreateAsync(jobs, cancellation);

    public async Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation)
    {
        var fields = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), JobHash.Fields), cancellation).ConfigureAwait(false);
        return JobHash.Read(id, fields);
    }

    public Task<IAsyncDisposable> WatchAsync(JobId id, Action changed, CancellationToken cancellation) =>
        connection.SubscribeAsync((string)keys.Job(id)!, _ => changed(), cancellation);

    public async Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation)
    {
        RedisKey[] scriptKeys =
            [.. keys.Indexes, keys.Epoch, keys.Lease(worker), keys.Held(worker), keys.NewestClaimedRing, .. jobs.SelectMany(j => new[] { keys.Job(j.Id), keys.Finished(j.Name) })];
        RedisValue[] values =
        [
            worker.Value,
            .. jobs.SelectMany(job => new RedisValue[] { job.Id.ToString(), job.Claim, job.Arguments is null ? "1" : "0", alone ? "1" : "0" }),
        ];
        var reply = (RedisResult[])(await connection.RunAsync(RedisScripts.Claim, scriptKeys, values, cancellation).ConfigureAwait(false))!;
        if (reply.Length == 0)
            throw new WorkerLeaseLostException(worker);
        var epoch = (string?)reply[0];
        return [.. jobs.Select((job, i) => Answer(worker, job, epoch, (RedisValue[])reply[i + 1]!))];
    }

    public Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation) =>
        settling.SettleAsync(claim, settlement).WaitAsync(cancellation);

    public async Task<bool> RestoreAsync(JobEnvelope job, JobClaim claim, Settlement settlement, CancellationToken cancellation)
    {
        var state = JobLifecycle.Next(JobState.Running, settlement.Event)!.Value;
        List<RedisValue> values = [job.Id.ToString(), JobHash.Write(state), "name", job.Name, "attempt", claim.Attempt, "claim", claim.Claim];
        if (job.Arguments is { } arguments)
            values.AddRange(["args", arguments]);
        if (job.Extra is { } extra)
            values.AddRange(["extra", extra]);
        if (settlement.Result is { } result)
            values.AddRange(["result", result]);
        if (settlement.Error is { } error)
            values.AddRange(["error", JobHash.Write(error)]);
        if (settlement.Reason is { } reason)
            values.AddRange(["reason", reason.ToString()]);
        return (bool)await connection.RunAsync(RedisScripts.Restore, [.. keys.Indexes, keys.Job(job.Id), keys.Finished(job.Name), keys.Jobs], [.. values], cancellation).ConfigureAwait(false);
    }

    public async Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), ["worker", "name"]), cancellation).ConfigureAwait(false);
            var worker = new WorkerId((string?)read[0] ?? "");
            var answer = (RedisValue)await connection.RunAsync(
                RedisScripts.Cancel, [.. keys.Indexes, keys.Cancellations(worker), keys.Job(id), keys.Finished((string?)read[1] ?? "")], [id.ToString(), worker.Value],
                cancellation).ConfigureAwait(false);
            // Another worker took it between the two calls: ask that one.
            if (answer != "moved")
                return JobHash.TryReadState(answer);
        }
    }

    public Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation) =>
        connection.RunAsync(
            RedisScripts.Progress, [keys.Job(claim.Job)], [claim.Claim, JsonSerializer.SerializeToUtf8Bytes(progress, JobJson.Options)], cancellation);

    public async Task<EffectAnswer> IntendAsync(EffectIntent intent, CancellationToken cancellation)
    {
        var answer = (RedisValue[])(await connection.RunAsync(
            RedisScripts.Intend, [keys.Job(intent.Claim.Job)], [JobHash.EffectField(intent.Key), intent.Claim.Claim, intent.Call, JobHash.MaxFields], cancellation)
            .ConfigureAwait(false))!;
        return (string?)answer[0] switch
        {
            "go" => new EffectAnswer.Go(),
            "made" => new EffectAnswer.Made(JobHash.Bytes(answer[1])!.Value),
            "stale" => new EffectAnswer.Stale(),
            "full" => new EffectAnswer.Full(),
            _ => new EffectAnswer.Unknown(),
        };
    }

    public Task<bool> ConcludeAsync(EffectIntent intent, ReadOnlyMemory<byte> value, CancellationToken cancellation) => ConcludeAsync(intent, "1", value, cancellation);

    public Task<bool> WithdrawAsync(EffectIntent intent, CancellationToken cancellation) => ConcludeAsync(intent, "0", default, cancellation);

    // A write, as large as a message: a store that is full answers a ping, and takes what is small for a while yet.
    public Task CheckAsync(CancellationToken cancellation) =>
        connection.CallAsync(db => db.StringSetAsync(keys.Probe, Probe, TimeSpan.FromMilliseconds(1)), cancellation);

    private async Task<bool> ConcludeAsync(EffectIntent intent, string made, ReadOnlyMemory<byte> value, CancellationToken cancellation) =>
        (bool)await connection.RunAsync(
            RedisScripts.Conclude, [keys.Job(intent.Claim.Job)], [JobHash.EffectField(intent.Key), intent.Call, made, value], cancellation).ConfigureAwait(false);

    private static ClaimAnswer Answer(WorkerId worker, JobEnvelope job, string? epoch, RedisValue[] answer) => (string?)answer[0] switch
    {
        "run" => new ClaimAnswer.Run(new(job.Id, job.Name, job.Claim, worker, (int)answer[1], JobHash.Bytes(answer[2])) { Delay = Span(answer, 3) ?? TimeSpan.Zero, Waited = Span(answer, 4) }),
        "held" => new ClaimAnswer.Held(new((string)answer[1]!)),
        "over" => new ClaimAnswer.Over(JobHash.ReadState(answer[1]), ByThisClaim: answer.Length > 2),
        "early" => new ClaimAnswer.Early(TimeSpan.FromMilliseconds((double)answer[1])),
        "alone" => new ClaimAnswer.Alone(),
        _ => new ClaimAnswer.Unknown(string.IsNullOrEmpty(epoch) ? null : epoch),
    };

    private static TimeSpan? Span(RedisValue[] answer, int index) => answer.Length > index ? TimeSpan.FromMilliseconds((double)answer[index]) : null;
}
