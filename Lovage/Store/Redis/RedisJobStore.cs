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

    public async Task<string> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        var newEpoch = Guid.NewGuid().ToString("N");
        var epochs = await Task.WhenAll(jobs.Chunk(MaxJobsPerScript).Select(chunk => connection.CallAsync(
            db => db.ScriptEvaluateAsync(RedisScripts.Create, [keys.Epoch, .. chunk.Select(j => keys.Job(j.Id))], CreateValues(newEpoch, chunk)),
            cancellation))).ConfigureAwait(false);
        return (string)epochs[^1]!;
    }

    public async Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation)
    {
        var fields = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), JobHash.Fields), cancellation).ConfigureAwait(false);
        return JobHash.Read(id, fields);
    }

    public async Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        var claims = new string[jobs.Count];
        var values = new RedisValue[1 + 2 * jobs.Count];
        values[0] = worker.Value;
        for (var i = 0; i < jobs.Count; i++)
        {
            values[1 + 2 * i] = claims[i] = Guid.NewGuid().ToString("N");
            values[2 + 2 * i] = jobs[i].Arguments is null ? "1" : "0";
        }
        var reply = (RedisResult[])(await connection.CallAsync(
            db => db.ScriptEvaluateAsync(RedisScripts.Claim, [keys.Epoch, keys.Lease(worker), .. jobs.Select(j => keys.Job(j.Id))], values),
            cancellation).ConfigureAwait(false))!;
        if (reply.Length == 0)
            throw new WorkerLeaseLostException(worker);
        var epoch = (string?)reply[0];
        return [.. jobs.Select((job, i) => Answer(job, claims[i], epoch, (RedisValue[])reply[i + 1]!))];
    }

    public async Task<bool> ReclaimAsync(JobId id, WorkerId worker, CancellationToken cancellation) =>
        (bool)await connection.CallAsync(
            db => db.ScriptEvaluateAsync(RedisScripts.Reclaim, [keys.Job(id), keys.Lease(worker)], [worker.Value]), cancellation).ConfigureAwait(false);

    public async Task<bool> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation)
    {
        var keep = settlement.State == JobState.Failed ? options.Value.KeepFailed : options.Value.KeepSucceeded;
        RedisValue[] values =
        [
            claim.Claim, JobHash.Write(settlement.State), settlement.Result ?? RedisValue.EmptyString,
            settlement.Error is null ? RedisValue.EmptyString : JsonSerializer.SerializeToUtf8Bytes(settlement.Error, JobJson.Options),
            (long)keep.TotalMilliseconds,
        ];
        return (bool)await connection.CallAsync(
            db => db.ScriptEvaluateAsync(RedisScripts.Settle, [keys.Job(claim.Job)], values), cancellation).ConfigureAwait(false);
    }

    public Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation) =>
        connection.CallAsync(
            db => db.ScriptEvaluateAsync(
                RedisScripts.Progress, [keys.Job(claim.Job)], [claim.Claim, JsonSerializer.SerializeToUtf8Bytes(progress, JobJson.Options)]),
            cancellation);

    public Task CheckAsync(CancellationToken cancellation) => connection.CallAsync(db => db.PingAsync(), cancellation);

    private static RedisValue[] CreateValues(string newEpoch, JobEnvelope[] jobs)
    {
        var values = new RedisValue[1 + 4 * jobs.Length];
        values[0] = newEpoch;
        for (var i = 0; i < jobs.Length; i++)
        {
            values[1 + 4 * i] = jobs[i].Name;
            values[2 + 4 * i] = jobs[i].Arguments!.Value;
            values[3 + 4 * i] = jobs[i].Headers.Count == 0 ? RedisValue.EmptyString : JsonSerializer.SerializeToUtf8Bytes(jobs[i].Headers, JobJson.Options);
            values[4 + 4 * i] = jobs[i].TraceParent ?? RedisValue.EmptyString;
        }
        return values;
    }

    private static ClaimAnswer Answer(JobEnvelope job, string claim, string? epoch, RedisValue[] answer) => (string?)answer[0] switch
    {
        "run" => new ClaimAnswer.Run(new(job.Id, claim, (int)answer[1], JobHash.Bytes(answer[2]))),
        "held" => new ClaimAnswer.Held(new((string)answer[1]!)),
        "over" => new ClaimAnswer.Over(JobHash.ReadState(answer[1])),
        _ => new ClaimAnswer.Unknown(string.IsNullOrEmpty(epoch) ? null : epoch),
    };
}
