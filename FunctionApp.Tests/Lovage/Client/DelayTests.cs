using System.Text.Json;
using FunctionApp.Tests.Lovage.Queue;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Client;

public sealed class DelayTests(RealServers servers)
{
    // No test waits for it, and no machine is so slow that it comes.
    private static readonly DateTimeOffset FarAway = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Stage stage = new();

    public static TheoryData<string, EnqueueOptions> BadOptions => new()
    {
        { "Delay and NotBefore exclude each other", new() { Delay = TimeSpan.Zero, NotBefore = FarAway } },
        { "ExpiresAfter and Expires exclude each other", new() { ExpiresAfter = TimeSpan.FromHours(1), Expires = FarAway } },
        { "It takes zero or more", new() { Delay = TimeSpan.FromTicks(-1) } },
        { "It takes 36,500 days at most", new() { Delay = TimeSpan.MaxValue } },
        { "It takes more than zero", new() { ExpiresAfter = TimeSpan.Zero } },
        { "It takes 36,500 days at most", new() { ExpiresAfter = TimeSpan.MaxValue } },
        { "It takes 1 to 100", new() { MaxAttempts = 0 } },
        { "It takes 1 to 100", new() { MaxAttempts = 101 } },
    };

    [Fact]
    public async Task Enqueue_Delay_IsScheduledAndItsMessageHiddenForAsLong()
    {
        await using var engine = NewEngine();
        var job = await engine.GetAsync(await EnqueueAsync(engine, new() { Delay = TimeSpan.FromDays(30) }));
        Assert.Equal((JobState.Scheduled, job.EnqueuedAt.AddDays(30)), (job.State, job.DueAt));
        var (message, delay) = await engine.Queue.ReceiveDelayedAsync();
        Assert.Equal(TimeSpan.FromDays(30), delay);
        Assert.Equal(job.DueAt, Assert.Single(MessageReader.Read(message).Jobs).NotBefore);
    }

    [Fact]
    public async Task Enqueue_NotBefore_IsScheduledAndItsMessageHiddenUntilThen()
    {
        await using var engine = NewEngine();
        var job = await engine.GetAsync(await EnqueueAsync(engine, new() { NotBefore = FarAway }));
        Assert.Equal((JobState.Scheduled, FarAway), (job.State, job.DueAt));
        Assert.Equal(FarAway - job.EnqueuedAt, (await engine.Queue.ReceiveDelayedAsync()).Delay);
    }

    [Fact]
    public async Task Enqueue_TimesThatDiffer_TravelInMessagesOfTheirOwn()
    {
        await using var engine = NewEngine();
        EnqueueOptions[] options = [new(), new() { NotBefore = FarAway }, new(), new() { NotBefore = FarAway }];
        var ids = await engine.Client.EnqueueAsync([.. options.Select(o => JobRequest.Of("stage.count", NoArguments, o))], TestContext.Current.CancellationToken);
        Assert.Equal([[ids[0], ids[2]], [ids[1], ids[3]]], engine.Queue.Drain().Select(m => MessageReader.Read(m).Jobs.Select(job => job.Id).ToArray()));
    }

    [Fact]
    public async Task Enqueue_NotBeforeThatHasPassed_RunsAtOnce()
    {
        await using var engine = NewEngine();
        var id = await EnqueueAsync(engine, new() { NotBefore = LongAgo });
        Assert.Equal(JobState.Queued, (await engine.GetAsync(id)).State);
        await engine.ProcessNextAsync();
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Process_MessageComesEarly_IsSentAgainForTheRestAndRunsWhenItsTimeHasCome()
    {
        await using var engine = NewEngine();
        var id = await EnqueueAsync(engine, new() { NotBefore = FarAway });
        for (var hop = 0; hop < 3; hop++)
        {
            var (message, delay) = await engine.Queue.ReceiveDelayedAsync();
            await engine.Processor.ProcessAsync(message, CancellationToken.None);
            var again = await engine.Queue.ReceiveDelayedAsync();
            Assert.InRange(again.Delay, TimeSpan.FromDays(365), delay);
            Assert.Equal(id, Assert.Single(MessageReader.Read(again.Text).Jobs).Id);
            await engine.Queue.SendAsync(MessageReader.Read(again.Text).Jobs, 1, again.Delay, CancellationToken.None);
        }
        Assert.Equal(JobState.Scheduled, (await engine.GetAsync(id)).State);
        Assert.False(stage.HasStarted);
    }

    [Fact]
    public async Task Process_DelayOver_Runs()
    {
        await using var engine = NewEngine();
        var id = await EnqueueAsync(engine, new() { Delay = TimeSpan.FromMilliseconds(1) });
        // By the store's clock: until then each message is sent again.
        while ((await engine.GetAsync(id)).State is JobState.Scheduled)
            await engine.ProcessNextAsync();
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Send_DelayedBeyondTheServicesLimit_IsTakenAndHidden()
    {
        var name = $"test-{Guid.NewGuid():N}";
        var queue = StorageJobQueueTests.QueueOf(servers.StorageConnectionString, name);
        var job = new JobEnvelope { Id = JobId.New(TimeProvider.System), Name = "a", Arguments = "{}"u8.ToArray() };
        await queue.SendAsync([job], 1, TimeSpan.FromDays(30), CancellationToken.None);
        var client = new Azure.Storage.Queues.QueueClient(servers.StorageConnectionString, name);
        Assert.Empty((await client.ReceiveMessagesAsync(TestContext.Current.CancellationToken)).Value);
        Assert.Equal(1, (await client.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Process_Expired_EndsSoAndNeverStarts()
    {
        await using var engine = NewEngine();
        var late = await EnqueueAsync(engine, new() { Expires = LongAgo });
        var scheduled = await EnqueueAsync(engine, new() { Expires = LongAgo, NotBefore = FarAway });
        var soon = await EnqueueAsync(engine, new() { ExpiresAfter = TimeSpan.FromTicks(1), NotBefore = FarAway });
        foreach (var id in new[] { late, scheduled, soon })
        {
            while (!(await engine.GetAsync(id)).State.IsFinal())
                await engine.ProcessNextAsync();
            Assert.Equal(JobState.Expired, (await engine.GetAsync(id)).State);
        }
        Assert.False(stage.HasStarted);
    }

    [Fact]
    public async Task Process_NotExpired_Runs()
    {
        await using var engine = NewEngine();
        var id = await EnqueueAsync(engine, new() { ExpiresAfter = TimeSpan.FromDays(1) });
        var job = await engine.GetAsync(id);
        Assert.Equal(job.EnqueuedAt.AddDays(1), job.ExpiresAt);
        await engine.ProcessNextAsync();
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(id)).State);
    }

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public async Task Enqueue_BadOptions_SaysWhatIsWrongAndRecordsNothing(string says, EnqueueOptions options)
    {
        await using var engine = NewEngine();
        var e = await Assert.ThrowsAnyAsync<ArgumentException>(() => EnqueueAsync(engine, options));
        Assert.StartsWith(says, e.Message, StringComparison.Ordinal);
        Assert.Empty(engine.Queue.Drain());
    }

    private static JsonElement NoArguments => JsonSerializer.SerializeToElement(new { });

    private static Task<JobId> EnqueueAsync(Engine engine, EnqueueOptions options) =>
        engine.Client.EnqueueAsync("stage.count", NoArguments, options, TestContext.Current.CancellationToken);

    private Engine NewEngine() => new(servers.RedisConnectionString, add: s => s.AddSingleton(stage), jobs: typeof(StageJobs));
}
