using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>Whether everybody has got what they were promised, and the store is sound.</summary>
internal sealed class Verdict(Outside outside, FaultyConnection store, bool hasDied, int mostJobs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task CheckAsync()
    {
        var ends = await ReadEndsAsync();
        CheckPromises(ends);
        CheckBodies();
        await CheckIndexesAsync(ends);
        await CheckOldMessagesAsync(ends);
    }

    private async Task<Dictionary<JobId, JobState>> ReadEndsAsync()
    {
        var keys = await Keys.ReadAsync(store);
        // Nobody holds a job.
        Assert.DoesNotContain(keys, key => Keys.Name(key).StartsWith("held:", StringComparison.Ordinal));
        var ends = new Dictionary<JobId, JobState>();
        foreach (var key in keys.Select(Keys.Name).Where(name => name.StartsWith("job:", StringComparison.Ordinal)))
        {
            Assert.True(JobId.TryParse(key["job:".Length..], out var id));
            if (await outside.Process.Client.GetAsync(id, Cancel) is { } record)
                ends[id] = record.State;
        }
        return ends;
    }

    private void CheckPromises(Dictionary<JobId, JobState> ends)
    {
        Assert.InRange(ends.Count, 0, mostJobs);
        foreach (var promise in outside.Promises.Values)
        {
            if (ends.TryGetValue(promise.Job, out var end))
                Assert.True(hasDied ? promise.Ends.Contains(end) : promise.Ends[0] == end, $"Job {promise.Job} is {end}; it may end {string.Join(" or ", promise.Ends)}.");
            else
                Assert.True(promise.MayBeTrimmed || !promise.IsCertain, $"Job {promise.Job} was accepted and is lost.");
        }
        foreach (var (id, end) in ends.Where(job => !outside.Promises.ContainsKey(job.Key)))
            Assert.True(outside.UntoldEnds.Contains(end), $"Nobody was told of job {id}, which is {end}.");
    }

    private void CheckBodies()
    {
        foreach (var (id, attempts) in outside.Witness.Runs)
        {
            Assert.InRange(attempts.Max(), 1, CrashJobs.MaxAttempts);
            Assert.True(!outside.Promises.TryGetValue(id, out var promise) || promise.MayRun, $"Job {id} was to run no more, and did.");
        }
        Assert.All(outside.Witness.Effects.Values, made => Assert.Equal(1, made));
    }

    // Each job is in the index of its state, and in no other.
    private async Task CheckIndexesAsync(Dictionary<JobId, JobState> ends)
    {
        var indexed = new List<(string, JobState)>();
        foreach (var (index, state) in store.Keys.Indexes.Zip(
            [JobState.Queued, JobState.Scheduled, JobState.Running, JobState.Succeeded, JobState.Failed, JobState.Cancelled, JobState.Expired]))
        {
            var members = await store.CallAsync(db => db.SortedSetRangeByRankAsync(index), Cancel);
            indexed.AddRange(members.Select(member => ((string)member!, state)));
        }
        Assert.Equal(ends.Select(job => (job.Key.ToString(), job.Value)).Order(), indexed.Order());
    }

    // Whatever is delivered once more changes nothing.
    private async Task CheckOldMessagesAsync(Dictionary<JobId, JobState> ends)
    {
        var runs = outside.Witness.TotalRuns;
        foreach (var message in outside.Delivered.ToArray())
            await outside.Process.Processor.ProcessAsync(message, CancellationToken.None).WaitAsync(Limits.Signal);
        // A message of a job that nobody knows goes round for a while.
        await outside.PassAsync(TimeSpan.FromMinutes(11));
        await outside.DeliverAsync();
        Assert.False(outside.HasMessages, "Old messages go round for ever.");
        Assert.Equal(runs, outside.Witness.TotalRuns);
        Assert.Equal(ends.OrderBy(job => job.Key.Value), (await ReadEndsAsync()).OrderBy(job => job.Key.Value));
    }
}
