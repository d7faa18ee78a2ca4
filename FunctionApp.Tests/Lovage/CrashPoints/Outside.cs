using System.Text.Json;
using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>Callers, the queue's host and the passing of time: what uses a process, remembers what it was told, and gives back messages that were not finished.</summary>
internal sealed class Outside(Engine process, RecordingQueue queue, FaultyConnection clock, ImpatientTime time)
{
    private static readonly JsonElement NoArguments = JsonSerializer.SerializeToElement(new { });

    private readonly Dictionary<JobId, Promise> promises = [];
    private readonly List<string> returned = [];
    private readonly List<string> delivered = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The process that is used now.</summary>
    public Engine Process { get; set; } = process;

    public required Witness Witness { get; init; }

    public RecordingQueue Queue => queue;

    public IReadOnlyDictionary<JobId, Promise> Promises => promises;

    /// <summary>Every message that ever came.</summary>
    public IReadOnlyList<string> Delivered => delivered;

    /// <summary>Jobs that somebody may have recorded whose id nobody was told, by the states in which they may end.</summary>
    public HashSet<JobState> UntoldEnds { get; } = [];

    public void Promise(Promise promise) => promises[promise.Job] = promise;

    /// <summary>Enqueues jobs together. A call that failed promises nothing.</summary>
    public async Task<IReadOnlyList<JobId>> EnqueueAsync(string[] names, EnqueueOptions? options, params JobState[] ends)
    {
        try
        {
            var ids = await Process.Client.EnqueueAsync([.. names.Select(name => JobRequest.Of(name, NoArguments, options))], Cancel);
            foreach (var id in ids)
                Promise(new(id) { Ends = ends });
            return ids;
        }
        catch (ProcessDiedException)
        {
            UntoldEnds.UnionWith(ends);
            throw;
        }
        catch (JobStoreUnavailableException e)
        {
            Promise(new(e.JobId!.Value) { Ends = ends, IsCertain = false });
            UntoldEnds.UnionWith(names.Length > 1 ? ends : []);
            return [e.JobId!.Value];
        }
    }

    /// <summary>Cancels a job; a caller that is told of a failure asks once more.</summary>
    public async Task CancelAsync(JobId id)
    {
        if (await TwiceAsync(() => Process.Client.CancelAsync(id, Cancel)) is JobState.Cancelled)
            Promise(promises[id] with { Ends = [JobState.Cancelled], MayRun = false });
    }

    public Task ReplayAsync(JobId id) => TwiceAsync(() => Process.Get<DeadLetterBox>().ReplayAsync(id, cancellation: Cancel));

    /// <summary>Delivers every message that is there. One that is not finished is delivered again by the next call.</summary>
    public async Task DeliverAsync(CancellationToken shutdown = default)
    {
        string[] messages = [.. returned, .. Queue.Drain()];
        returned.Clear();
        delivered.AddRange(messages);
        for (var i = 0; i < messages.Length; i++)
        {
            try
            {
                await Process.Processor.ProcessAsync(messages[i], shutdown).WaitAsync(Limits.Signal);
            }
            catch (Exception e) when (e is JobStoreUnavailableException or JobQueueUnavailableException)
            {
                returned.Add(messages[i]);
            }
            catch (ProcessDiedException)
            {
                returned.AddRange(messages[i..]);
                throw;
            }
        }
    }

    /// <summary>A message that the host gives up: it is taken from the poison queue until that has succeeded.</summary>
    public Task RescueAsync(string message) => TwiceAsync(async () =>
    {
        await Process.Processor.RescueAsync(message, Cancel);
        return true;
    });

    /// <summary>A message of a program that writes to the queue itself.</summary>
    public void SendForeign(string name, JobState end)
    {
        var id = JobId.New(TimeProvider.System);
        returned.Add($$"""{"v":1,"jobs":[{"id":"{{id}}","name":"{{name}}"}]}""");
        Promise(new(id) { Ends = [end] });
    }

    public void SendUnreadable()
    {
        returned.Add("not a message");
        UntoldEnds.Add(JobState.Failed);
    }

    /// <summary>A message whose store is lost, and the arguments with it.</summary>
    public void SendOfALostStore(string name)
    {
        var id = JobId.New(TimeProvider.System);
        returned.Add($$"""{"v":1,"jobs":[{"id":"{{id}}","name":"{{name}}","epoch":"another","argsStored":true}]}""");
        Promise(new(id) { Ends = [JobState.Failed], MayRun = false });
    }

    /// <summary>Another process claims every job whose message is there, and dies.</summary>
    public async Task DieWithAllAsync(Func<Task>? before = null)
    {
        var (worker, jobs) = (WorkerId.New(), Queue.Drain().SelectMany(message => MessageReader.Read(message).Jobs).ToArray());
        var (workers, lease) = (clock.Keys.Workers, clock.Keys.Lease(worker));
        await clock.CallAsync(db => db.StringSetAsync(lease, "1"), Cancel);
        await clock.CallAsync(db => db.SetAddAsync(workers, worker.Value), Cancel);
        Assert.All(await Process.Store.ClaimAsync(worker, jobs, alone: false, Cancel), answer => Assert.IsType<ClaimAnswer.Run>(answer));
        if (before is not null)
            await before();
        await clock.CallAsync(db => db.KeyDeleteAsync(lease), Cancel);
    }

    public bool HasMessages => returned.Count > 0 || !Queue.IsEmpty;

    /// <summary>What a process does every few seconds.</summary>
    public async Task SweepAsync()
    {
        try
        {
            await Process.Get<ForgottenRuns>().GiveBackAsync(Cancel);
            await Process.Get<JobSweep>().SweepAsync(Cancel);
        }
        catch (Exception e) when (e is JobStoreUnavailableException or JobQueueUnavailableException)
        {
            // As the sweeper does: the next sweep tries again.
        }
    }

    public Task PassAsync(TimeSpan span)
    {
        time.Pass(span);
        return clock.SetClockAsync(time.GetUtcNow().ToUnixTimeMilliseconds(), Cancel);
    }

    /// <summary>The store loses its data, but not its clock.</summary>
    public async Task LoseStoreAsync()
    {
        var keys = (await Keys.ReadAsync(clock)).Where(key => Keys.Name(key) != "clock").ToArray();
        await clock.CallAsync(db => db.KeyDeleteAsync(keys), Cancel);
    }

    private static async Task<T> TwiceAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is JobStoreUnavailableException or JobQueueUnavailableException)
        {
            return await call();
        }
    }
}
