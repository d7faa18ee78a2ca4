using System.Text;
using Lovage;
using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>The store and its reference, and what callers, workers and the queue remember of both: ids, messages, claims.</summary>
internal sealed class World
{
    /// <summary>The names that jobs have, in turn.</summary>
    public static readonly string[] Names = ["model.a", "model.b"];

    /// <summary>The keys under which something may be wished for once: one for two different things, one more.</summary>
    public static readonly IdempotencyKey[] Wishes = [new("key1", "this"), new("key1", "that"), new("key2", "this")];

    private readonly List<Member> jobs = [];
    private readonly List<JobClaim> runs = [];
    private readonly List<EffectIntent> intents = [];
    private readonly List<WorkerId> workers = [];
    private readonly Dictionary<int, (WorkerId Id, string Epoch)> processes = [];
    private int claims;

    public World(VirtualClockConnection connection, IOptions<LovageOptions> options, CancellationToken cancellation)
    {
        (Connection, Cancellation) = (connection, cancellation);
        Store = new(connection, options);
        Sweep = new(connection, options);
        DeadLetters = new(connection);
        Reader = new(connection);
        Reference = new(options.Value, Names);
        var registry = new JobRegistry();
        // The methods do not matter: nothing is run.
        foreach (var (name, method) in Names.Zip(typeof(object).GetMethods()))
            registry.Add(new(name, method));
        Trim = new(connection, registry, options);
    }

    public VirtualClockConnection Connection { get; }

    public CancellationToken Cancellation { get; }

    public RedisJobStore Store { get; }

    public RedisSweep Sweep { get; }

    public RedisDeadLetters DeadLetters { get; }

    public RedisTrim Trim { get; }

    public StoreReader Reader { get; }

    public ReferenceStore Reference { get; }

    /// <summary>Every job that was ever there, trimmed or not.</summary>
    public IEnumerable<JobId> KnownJobs => jobs.Select(job => job.Request.Id);

    /// <summary>Every identity that a process ever had.</summary>
    public IReadOnlyList<WorkerId> KnownWorkers => workers;

    /// <summary>A job among the latest ones; null as long as there is none.</summary>
    public Member? Job(int which) => jobs.Count == 0 ? null : jobs[^(1 + which % jobs.Count)];

    /// <summary>A run among the latest ones that were granted; null as long as there is none.</summary>
    public JobClaim? Run(int which) => runs.Count == 0 ? null : runs[^(1 + which % runs.Count)];

    /// <summary>An effect among the latest ones that were to be made; null as long as there is none.</summary>
    public EffectIntent? Intent(int which) => intents.Count == 0 ? null : intents[^(1 + which % intents.Count)];

    public Member NewJob(TimeSpan? delay, TimeSpan? expiresAfter, IdempotencyKey? wish)
    {
        var job = new Member(new()
        {
            Id = new(new Guid(jobs.Count + 1, 0, 0, new byte[8])),
            Name = Names[jobs.Count % Names.Length],
            Arguments = Encoding.UTF8.GetBytes("{}"),
            Delay = delay,
            ExpiresAfter = expiresAfter,
            Idempotency = wish,
        });
        jobs.Add(job);
        return job;
    }

    /// <summary>One of a few processes, by the identity that it has now; null if it never had one.</summary>
    public (WorkerId Id, string Epoch)? Process(int which) => processes.TryGetValue(which, out var process) ? process : null;

    public WorkerId NewIdentity(int process)
    {
        var worker = new WorkerId($"w{process}.{workers.Count}");
        workers.Add(worker);
        return worker;
    }

    public Member Of(JobClaim run) => jobs.Single(job => job.Request.Id == run.Job);

    public EffectIntent NewIntent(JobClaim run, string key)
    {
        var intent = new EffectIntent(run, key, $"call{intents.Count}");
        intents.Add(intent);
        return intent;
    }

    public void Remember(JobClaim run)
    {
        if (!runs.Contains(run))
            runs.Add(run);
    }

    public void Remember(int process, WorkerId worker, string epoch) => processes[process] = (worker, epoch);

    /// <summary>A message is delivered to a worker: it claims by another right than any before, unless the same delivery asks again.</summary>
    public JobEnvelope Deliver(Member job, WorkerId worker, bool again)
    {
        var same = again && job.Delivered?.Worker == worker;
        var delivered = same ? job.Delivered!.Value.Job : job.Message with { Claim = $"c{claims++}" };
        job.Delivered = (worker, delivered);
        return delivered;
    }

    public void Agree(string expected, string actual)
    {
        if (expected != actual)
            throw new DisagreementException($"answered\n  {actual}\ninstead of\n  {expected}");
    }

    /// <summary>What the store holds is what the reference says.</summary>
    public async Task CompareAsync()
    {
        var (expected, actual) = (Reference.Describe(workers), await Reader.ReadAsync(this));
        var differences = expected.Keys.Union(actual.Keys)
            .Where(key => expected.GetValueOrDefault(key) != actual.GetValueOrDefault(key))
            .Select(key => $"{key}\n  is {actual.GetValueOrDefault(key, "not there")}\n  not {expected.GetValueOrDefault(key, "there")}")
            .ToArray();
        if (differences.Length > 0)
            throw new DisagreementException(string.Join('\n', differences));
    }

    public async Task FlushAsync()
    {
        var keys = Reader.Everything(this);
        await Connection.CallAsync(db => db.KeyDeleteAsync(keys), Cancellation);
        Reference.Flush();
    }
}
