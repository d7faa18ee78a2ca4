using System.Text.Json;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Client;

public sealed class JobClientTests(RealServers servers)
{
    // More than are recorded before the first are rung.
    private const int Thousands = 4_500;

    [Fact]
    public async Task Enqueue_TypedCall_SendsEvaluatedArguments()
    {
        await using var engine = NewEngine();
        var three = 3;
        var id = await engine.Client.EnqueueAsync<Sums>(j => j.Add(2, three + 1, "a", CancellationToken.None), cancellation: TestContext.Current.CancellationToken);
        var envelope = Assert.Single(MessageReader.Read(Assert.Single(engine.Queue.Drain())).Jobs);
        Assert.Equal((id, "sum.add"), (envelope.Id, envelope.Name));
        Assert.Equal("""{"x":2,"y":4,"note":"a"}""", System.Text.Encoding.UTF8.GetString(envelope.Arguments!.Value.Span));
        Assert.NotNull(envelope.Epoch);
    }

    [Fact]
    public async Task Enqueue_TypedCallOfNoJob_IsRefused()
    {
        await using var engine = NewEngine();
        await Assert.ThrowsAsync<UnknownJobException>(() => engine.Client.EnqueueAsync<Sums>(j => j.NoJob()));
        var e = await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.EnqueueAsync<Sums>(j => 5));
        Assert.Contains("is not one call of a job's method, as in j => j.Add(2, 3)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enqueue_Many_TravelTogetherAndKeepTheirOrder()
    {
        await using var engine = NewEngine();
        var ids = await engine.Client.EnqueueAsync(Requests(25), TestContext.Current.CancellationToken);
        var messages = engine.Queue.Drain().Select(m => MessageReader.Read(m).Jobs).ToArray();
        Assert.Equal([10, 10, 5], messages.Select(m => m.Count));
        Assert.Equal(ids, messages.SelectMany(m => m).Select(e => e.Id));
    }

    [Fact]
    public async Task Enqueue_Thousands_AreEachRecordedAndRungOnceInOrder()
    {
        await using var engine = NewEngine();
        var ids = await engine.Client.EnqueueAsync(Requests(Thousands), TestContext.Current.CancellationToken);
        Assert.Equal(ids, Rung(engine));
        Assert.Equal(JobState.Queued, (await engine.GetAsync(ids[^1])).State);
    }

    [Fact]
    public async Task Enqueue_StoreFailsAfterTheFirstThousands_TellsAllIdsAndRingsThoseThatAreRecorded()
    {
        // Two thousand are four calls to the store.
        await using var engine = new Engine(servers.RedisConnectionString, add: services => LosingConnection.Add(services, from: 5), jobs: typeof(Sums));
        var e = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.Client.EnqueueAsync(Requests(Thousands)));
        Assert.Equal(Thousands, e.JobIds.Distinct().Count());
        Assert.Equal(e.JobIds.Take(2_000), Rung(engine));
    }

    [Fact]
    public async Task Enqueue_OneOfManyIsRefused_RecordsNone()
    {
        await using var engine = NewEngine();
        var good = JobRequest.Of("sum.add", JsonSerializer.SerializeToElement(new { x = 1, y = 1 }));
        var bad = JobRequest.Of("sum.add", JsonSerializer.SerializeToElement(new { x = "no", y = 1 }));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => engine.Client.EnqueueAsync([good, bad]));
        Assert.Empty(engine.Queue.Drain());
    }

    [Fact]
    public async Task Enqueue_UnknownJob_NamesTheKnownOnes()
    {
        await using var engine = NewEngine();
        var e = await Assert.ThrowsAsync<UnknownJobException>(() => engine.EnqueueAsync("sum.ad"));
        Assert.Equal("There is no job 'sum.ad'. Known jobs: sum.add.", e.Message);
    }

    [Fact]
    public async Task Enqueue_ArgumentsOverTheLimit_IsRefused()
    {
        await using var engine = NewEngine(options => options.MaxArgumentBytes = 1024);
        var arguments = JsonSerializer.SerializeToElement(new { x = 1, y = 2 }).GetRawText().Insert(1, new string(' ', 2_000));
        await engine.Client.EnqueueAsync("sum.add", JsonDocument.Parse(arguments).RootElement, cancellation: TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAsync<ArgumentsTooLargeException>(() => engine.Client.EnqueueAsync<Sums>(j => j.Add(1, 2, new string('a', 1_100), default)));
        Assert.Contains("MaxArgumentBytes allows 1,024", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enqueue_QueueDown_IsAcceptedAndRecorded()
    {
        await using var engine = NewEngine();
        engine.Queue.IsDown = true;
        var id = await engine.EnqueueAsync("sum.add", new { x = 1, y = 2 });
        Assert.Equal(JobState.Queued, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Enqueue_StoreDown_TellsTheId()
    {
        await using var engine = new Engine("127.0.0.1:1,connectTimeout=200,connectRetry=0", jobs: typeof(Sums));
        var e = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.EnqueueAsync("sum.add", new { x = 1, y = 2 }));
        Assert.NotNull(e.JobId);
        Assert.Empty(engine.Queue.Drain());
    }

    private static JobRequest[] Requests(int count) => [.. Enumerable.Range(0, count).Select(i => JobRequest.Of("sum.add", JsonSerializer.SerializeToElement(new { x = i, y = 1 })))];

    private static IEnumerable<JobId> Rung(Engine engine) => engine.Queue.Drain().SelectMany(message => MessageReader.Read(message).Jobs).Select(job => job.Id);

    private Engine NewEngine(Action<LovageOptions>? configure = null) => new(servers.RedisConnectionString, configure, jobs: typeof(Sums));

    private sealed class Sums
    {
        [Job("sum.add")]
        public int Add(int x, int y, string note = "", CancellationToken cancellation = default) => x + y + note.Length;

        public void NoJob()
        {
        }
    }
}
