using System.Globalization;
using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Records the ends of runs; those that come together in one call.</summary>
internal sealed class RedisSettling
{
    private readonly RedisConnection connection;
    private readonly RedisKeys keys;
    private readonly GroupCommit<(JobClaim Claim, Settlement Settlement), SettleAnswer> group;

    public RedisSettling(RedisConnection connection)
    {
        (this.connection, keys) = (connection, connection.Keys);
        group = new()
        {
            Send = SettleAsync,
            MostItems = RedisScripts.MostJobs,
            Weigh = end => end.Settlement.Result?.Length ?? 0,
            Heaviest = RedisScripts.MostBytes,
            // A script that breaks off at one job's record has changed none.
            MayBeOfOne = RedisConnection.IsRefusal,
        };
    }

    public Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement) => group.AddAsync((claim, settlement));

    private async Task<IReadOnlyList<SettleAnswer>> SettleAsync(IReadOnlyList<(JobClaim Claim, Settlement Settlement)> ends)
    {
        var answers = new SettleAnswer[ends.Count];
        // Nearly always one: a process gets another identity only when it has lost its lease.
        foreach (var ofWorker in ends.Index().GroupBy(end => end.Item.Claim.Worker))
        {
            var scriptKeys = new List<RedisKey>([.. keys.Indexes, keys.Held(ofWorker.Key), keys.Cancellations(ofWorker.Key)]);
            var values = new List<RedisValue>();
            foreach (var (_, (claim, settlement)) in ofWorker)
            {
                scriptKeys.AddRange([keys.Job(claim.Job), keys.Finished(claim.Name)]);
                Write(values, claim, settlement);
            }
            var reply = (RedisValue[])(await connection.RunAsync(RedisScripts.Settle, [.. scriptKeys], [.. values], CancellationToken.None).ConfigureAwait(false))!;
            foreach (var ((index, _), answer) in ofWorker.Zip(reply))
                answers[index] = new(JobHash.TryReadState(answer), IsGone: answer == "gone");
        }
        return answers;
    }

    private static void Write(List<RedisValue> values, JobClaim claim, Settlement settlement) => values.AddRange(
    [
        claim.Job.ToString(), claim.Claim, EventName(settlement.Event), settlement.Result ?? RedisValue.EmptyString, JobHash.Write(settlement.Error),
        settlement.Reason?.ToString() ?? "", settlement.Error is { } error ? JobHash.WriteAttempt(claim.Attempt, error) : "",
        Math.Ceiling(settlement.Delay.TotalMilliseconds).ToString(CultureInfo.InvariantCulture), settlement.TraceParent ?? "",
    ]);

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
