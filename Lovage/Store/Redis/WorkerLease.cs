using Lovage.Health;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>
/// The one lease of this process: taken when the first job comes, given up when the process ends. Renewed on a thread and
/// a connection of its own, so that neither blocking jobs nor a busy connection can cost it.
/// </summary>
internal sealed partial class WorkerLease(
    RedisConnection connection, RunningJobs running, JobMetrics metrics, Heartbeats heartbeats, IOptions<LovageOptions> options, TimeProvider time, ILogger<WorkerLease> logger)
    : IDisposable
{
    private readonly SemaphoreSlim acquiring = new(1, 1);
    private readonly ManualResetEvent stopped = new(initialState: false);
    private readonly TimeSpan duration = options.Value.LeaseDuration;
    private readonly RedisKeys keys = connection.Keys;
    private volatile State? current;
    private Thread? renewal;

    // A third of the lease: two renewals may fail before another worker is let in.
    private TimeSpan RenewalInterval => duration / 3;

    private RedisValue Milliseconds => (long)duration.TotalMilliseconds;

    /// <summary>The identity of this process, if it has one: it has run no job yet, or lost its lease, otherwise.</summary>
    public WorkerId? Worker => current?.Lease.Worker;

    /// <summary>The current lease; takes one if there is none.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async ValueTask<HeldLease> GetAsync(CancellationToken cancellation)
    {
        if (current is { } held)
            return held.Lease;
        await acquiring.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return (current ?? await AcquireAsync(cancellation).ConfigureAwait(false)).Lease;
        }
        finally
        {
            acquiring.Release();
        }
    }

    /// <summary>Called when the store refused a claim for want of this lease: finds out whether it is lost or went with the store's data.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task RefreshAsync(WorkerId worker, CancellationToken cancellation)
    {
        if (current is not { } held || held.Lease.Worker != worker)
            return;
        var asked = time.GetTimestamp();
        var (scriptKeys, values) = RenewalOf(held);
        Apply(held, asked, await connection.RunAsync(RedisScripts.Renew, scriptKeys, values, cancellation).ConfigureAwait(false));
    }

    public void Dispose()
    {
        stopped.Set();
        renewal?.Join();
        stopped.Dispose();
        acquiring.Dispose();
    }

    private async Task<State> AcquireAsync(CancellationToken cancellation)
    {
        var worker = WorkerId.New();
        var asked = time.GetTimestamp();
        var epoch = (string)(await connection.RunAsync(
            RedisScripts.Acquire, [keys.Lease(worker), keys.Workers, keys.Epoch], [worker.Value, Milliseconds, Guid.NewGuid().ToString("N")], cancellation).ConfigureAwait(false))!;
        var state = new State(worker, asked) { Epoch = epoch };
        current = state;
        if (renewal is null)
        {
            renewal = new Thread(Renew) { IsBackground = true, Name = "lovage lease" };
            renewal.Start();
        }
        LogAcquired(worker, duration.TotalSeconds);
        return state;
    }

    private void Renew()
    {
        ConnectionMultiplexer? own = null;
        var heartbeat = heartbeats.Begin("lease", RenewalInterval);
        var wait = RenewalInterval;
        while (!stopped.WaitOne(wait))
        {
            var began = time.GetTimestamp();
            own = Renew(own);
            heartbeat.Beat();
            // A call that took its time must not put the next one off.
            var left = RenewalInterval - time.GetElapsedTime(began);
            wait = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
        GiveUp(own);
    }

    private ConnectionMultiplexer? Renew(ConnectionMultiplexer? own)
    {
        if (current is not { } held)
            return own;
        try
        {
            own ??= ConnectionMultiplexer.Connect(OwnConfiguration());
            var asked = time.GetTimestamp();
            var (scriptKeys, values) = RenewalOf(held);
            Apply(held, asked, own.GetDatabase().ScriptEvaluate(RedisScripts.Renew, scriptKeys, values));
        }
        // Whatever it is: a thread that ends by an exception ends the process.
        catch (Exception e)
        {
            LogNotRenewed(held.Lease.Worker, e.Message.Split('\n')[0]);
            // The store may be out of reach for us alone: past its time the lease is not ours, whoever can see it.
            if (time.GetElapsedTime(held.Renewed) >= duration)
                Lose(held);
        }
        return own;
    }

    // A renewal that hangs must leave time for another one before the lease is over.
    private ConfigurationOptions OwnConfiguration()
    {
        var configuration = connection.Configuration();
        configuration.SyncTimeout = configuration.ConnectTimeout = (int)Math.Max(200, (duration / 6).TotalMilliseconds);
        return configuration;
    }

    private (RedisKey[] Keys, RedisValue[] Values) RenewalOf(State held)
    {
        var worker = held.Lease.Worker;
        return (
            [keys.Lease(worker), keys.Workers, keys.Epoch, keys.Cancellations(worker)],
            [worker.Value, Milliseconds, held.Epoch, Guid.NewGuid().ToString("N")]);
    }

    private void Apply(State held, long asked, RedisResult reply)
    {
        var answer = (RedisValue[])reply!;
        if (answer[0] == "lost")
        {
            Lose(held);
            return;
        }
        // A lease that went with its store comes back with it: the jobs go on, and record their ends themselves.
        if (answer[0] == "restored")
            LogRestored(held.Lease.Worker);
        (held.Renewed, held.Epoch) = (asked, (string)answer[1]!);
        foreach (var value in answer.AsSpan(2))
        {
            if (JobId.TryParse((string?)value, out var id))
                running.Cancel(id);
        }
    }

    // Bodies that did not stop in time are given back without a charge; had the lease just run out, they would count as crashed.
    private void GiveUp(ConnectionMultiplexer? own)
    {
        if (current is not { } held)
            return;
        var worker = held.Lease.Worker;
        try
        {
            var db = (own ??= ConnectionMultiplexer.Connect(OwnConfiguration())).GetDatabase();
            foreach (var id in db.SetMembers(keys.Held(worker)).Select(JobHash.ReadId))
            {
                var finished = keys.Finished((string?)db.HashGet(keys.Job(id), "name") ?? "");
                db.ScriptEvaluate(RedisScripts.Disown, [.. keys.Indexes, keys.Held(worker), keys.Job(id), finished], [id.ToString(), worker.Value]);
            }
            db.KeyDelete(keys.Lease(worker));
            db.SetRemove(keys.Workers, worker.Value);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogNotGivenUp(worker, e.Message.Split('\n')[0]);
        }
        own?.Dispose();
    }

    private void Lose(State held)
    {
        if (Interlocked.CompareExchange(ref current, null, held) != held)
            return;
        metrics.LeaseLost();
        LogLost(held.Lease.Worker);
        JobCancellation.Fire(held.Lost, logger);
    }

    [LoggerMessage(EventIds.LeaseAcquired, LogLevel.Debug, "Worker {Worker} holds a lease of {Seconds} s")]
    private partial void LogAcquired(WorkerId worker, double seconds);

    [LoggerMessage(EventIds.LeaseLost, LogLevel.Warning, "The lease of worker {Worker} ran out: its running jobs are cancelled here and run elsewhere; this process goes on under a new lease")]
    private partial void LogLost(WorkerId worker);

    [LoggerMessage(EventIds.LeaseRestored, LogLevel.Warning, "The store has lost its data: worker {Worker} has its lease again and keeps its running jobs")]
    private partial void LogRestored(WorkerId worker);

    [LoggerMessage(EventIds.LeaseNotGivenUp, LogLevel.Warning, "The lease of worker {Worker} could not be given up, it runs out by itself: {Error}")]
    private partial void LogNotGivenUp(WorkerId worker, string error);

    [LoggerMessage(EventIds.LeaseNotRenewed, LogLevel.Warning, "The lease of worker {Worker} could not be renewed: {Error}")]
    private partial void LogNotRenewed(WorkerId worker, string error);

    private sealed class State
    {
        public State(WorkerId worker, long renewed)
        {
            Lease = new(worker, Lost.Token);
            Renewed = renewed;
        }

        public CancellationTokenSource Lost { get; } = new();

        public HeldLease Lease { get; }

        public long Renewed { get; set; }

        public required string Epoch { get; set; }
    }
}
