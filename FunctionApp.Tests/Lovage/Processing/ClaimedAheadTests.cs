using System.Text.Json;
using System.Threading.Channels;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Processing;

/// <summary>Jobs that are known to be short are claimed before a slot is free. What they are this time may be another matter.</summary>
public sealed class ClaimedAheadTests(RealServers servers)
{
    private readonly Gates gates = new();
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_ShortJobs_AreClaimedAheadAndNeverMoreRunThanThereAreSlots()
    {
        await using var engine = await NewEngineAsync();
        var (ids, processing) = await StartAsync(engine, 5, CancellationToken.None);
        await gates.StartedAsync(2);
        Assert.All(await StatesAsync(engine, ids), state => Assert.Equal(JobState.Running, state));
        Assert.False(gates.HasStarted);

        gates.Open(5);
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.All(await StatesAsync(engine, ids), state => Assert.Equal(JobState.Succeeded, state));
        Assert.Equal(2, gates.MostRunning);
    }

    [Fact]
    public async Task Process_TheyTakeLongAfterAll_ThoseThatHaveNotBegunGoBackAfterAMinute()
    {
        await using var engine = await NewEngineAsync();
        var (ids, processing) = await StartAsync(engine, 5, CancellationToken.None);
        await gates.StartedAsync(2);
        time.Advance(TimeSpan.FromSeconds(61));
        var again = new List<JobEnvelope>();
        while (again.Count < 3)
            again.AddRange(MessageReader.Read(await engine.Queue.ReceiveAsync()).Jobs);
        Assert.Equal(3, (await StatesAsync(engine, [.. again.Select(job => job.Id)])).Count(state => state is JobState.Queued));
        Assert.False(processing.IsCompleted);

        gates.Open(2);
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.Equal(2, (await StatesAsync(engine, ids)).Count(state => state is JobState.Succeeded));
    }

    [Fact]
    public async Task Process_Stopped_ThoseThatHaveNotBegunGoBackAndUseNoAttempt()
    {
        await using var engine = await NewEngineAsync();
        using var stop = new CancellationTokenSource();
        var (ids, processing) = await StartAsync(engine, 5, stop.Token);
        await gates.StartedAsync(2);
        await stop.CancelAsync();
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.False(gates.HasStarted);
        var jobs = await Task.WhenAll(ids.Select(engine.GetAsync));
        Assert.All(jobs, job => Assert.Equal((JobState.Queued, 1), (job.State, job.Attempt)));
        Assert.Equal(ids.ToHashSet(), engine.Queue.Drain().SelectMany(message => MessageReader.Read(message).Jobs).Select(job => job.Id).ToHashSet());
    }

    [Fact]
    public async Task Cancel_ClaimedAndNotBegun_NeverRuns()
    {
        await using var engine = await NewEngineAsync();
        var (ids, processing) = await StartAsync(engine, 3, CancellationToken.None);
        await gates.StartedAsync(2);
        var waiting = ids.Single(id => !gates.Began.Contains(id));
        await engine.Client.CancelAsync(waiting, Cancel);
        gates.Open(3);
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.Equal(JobState.Cancelled, (await engine.GetAsync(waiting)).State);
        Assert.DoesNotContain(waiting, gates.Began);
    }

    private static async Task<JobState[]> StatesAsync(Engine engine, IReadOnlyList<JobId> ids) => [.. (await Task.WhenAll(ids.Select(engine.GetAsync))).Select(job => job.State)];

    private static async Task<(IReadOnlyList<JobId> Ids, Task Processing)> StartAsync(Engine engine, int count, CancellationToken shutdown)
    {
        var ids = await engine.Client.EnqueueAsync([.. Enumerable.Range(0, count).Select(_ => JobRequest.Of("gate.pass", JsonSerializer.SerializeToElement(new { })))], Cancel);
        var jobs = engine.Queue.Drain().SelectMany(message => MessageReader.Read(message).Jobs).ToArray();
        var pack = MessageWriter.Write(jobs, count).Select(message => System.Text.Encoding.UTF8.GetString(message.Span)).Single();
        return (ids, engine.Processor.ProcessAsync(pack, shutdown));
    }

    // Two slots, and a job that was short so far.
    private async Task<Engine> NewEngineAsync()
    {
        var engine = new Engine(
            servers.RedisConnectionString, options => options.Concurrency = 2, s => s.AddSingleton(gates).AddSingleton<TimeProvider>(time), typeof(GateJobs));
        gates.Open(1);
        await engine.RunAsync("gate.pass");
        await gates.StartedAsync(1);
        gates.Began.Clear();
        return engine;
    }

    private sealed class GateJobs(Gates gates)
    {
        [Job("gate.pass")]
        public Task PassAsync(JobContext job) => gates.PassAsync(job);
    }

    private sealed class Gates
    {
        private readonly Channel<JobId> started = Channel.CreateUnbounded<JobId>();
        private readonly SemaphoreSlim open = new(0);
        private readonly Lock sync = new();
        private int running;

        public List<JobId> Began { get; } = [];

        public int MostRunning { get; private set; }

        public bool HasStarted => started.Reader.TryPeek(out _);

        public void Open(int count) => open.Release(count);

        public async Task StartedAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await started.Reader.ReadAsync().AsTask().WaitAsync(Limits.Signal);
        }

        public async Task PassAsync(JobContext job)
        {
            lock (sync)
            {
                Began.Add(job.Id);
                MostRunning = Math.Max(MostRunning, ++running);
            }
            started.Writer.TryWrite(job.Id);
            try
            {
                await open.WaitAsync(job.Cancellation);
            }
            finally
            {
                lock (sync)
                    running--;
            }
        }
    }
}
