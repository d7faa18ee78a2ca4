using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Client;

public sealed class EnqueueEachTests(RealServers servers) : IAsyncDisposable
{
    private readonly Engine engine = new(
        servers.RedisConnectionString, options => options.MaxArgumentBytes = 1024,
        services => services.AddSingleton<RedisJobStore>().AddSingleton<IJobStore>(s => new LossyStore(s.GetRequiredService<RedisJobStore>())), typeof(EchoJobs));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task EnqueueEach_SomeAreRefused_TheOthersAreRecordedAndTravelTogether()
    {
        var outcomes = await engine.Client.EnqueueEachAsync(
            [
                Echo("a"), JobRequest.Of("echo.no", Json("{}")), Echo("b"), JobRequest.Of("echo.say", Json("[5]")), Echo(new string('c', 2_000)),
                Echo("d", new() { MaxAttempts = 0 }), Echo("e"),
            ], Cancel);
        Assert.Equal(
            [null, typeof(UnknownJobException), null, typeof(InvalidArgumentsException), typeof(ArgumentsTooLargeException), typeof(ArgumentOutOfRangeException), null],
            outcomes.Select(outcome => outcome.Error?.GetType()));
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Error is null, outcome.Id is not null));
        var message = Assert.Single(engine.Queue.Drain());
        Assert.Equal(outcomes.Select(outcome => outcome.Id).OfType<JobId>(), MessageReader.Read(message).Jobs.Select(job => job.Id));
        foreach (var id in outcomes.Select(outcome => outcome.Id).OfType<JobId>())
            Assert.Equal(JobState.Queued, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task EnqueueEach_None_IsNothing()
    {
        Assert.Empty(await engine.Client.EnqueueEachAsync([], Cancel));
        Assert.Equal(typeof(UnknownJobException), Assert.Single(await engine.Client.EnqueueEachAsync([JobRequest.Of("echo.no", Json("{}"))], Cancel)).Error?.GetType());
        Assert.Empty(engine.Queue.Drain());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    public async Task EnqueueEach_Keys_BelongToTheFirstUse(int more)
    {
        var used = await engine.Client.EnqueueAsync("echo.say", Json("""["used"]"""), new() { IdempotencyKey = "k0" }, Cancel);
        var requests = new[] { Echo("a", Key("k1")), Echo("b", Key("k1")), Echo("x", Key("k0")), Echo("used", Key("k0")), Echo("a", Key("k1")), Echo("y", Key("k0")) }
            .Concat(Enumerable.Range(0, more).Select(_ => Echo("more")));
        var outcomes = await engine.Client.EnqueueEachAsync([.. requests], Cancel);
        Assert.Equal((null, used, outcomes[0].Id), (outcomes[0].Error, outcomes[3].Id, outcomes[4].Id));
        Assert.NotEqual(used, outcomes[0].Id);
        foreach (var (index, first) in new[] { (1, outcomes[0].Id), (2, used), (5, used) })
        {
            var conflict = Assert.IsType<IdempotencyConflictException>(outcomes[index].Error);
            Assert.Equal((first, index), (conflict.First, conflict.Index));
        }
        Assert.All(outcomes.Skip(6), outcome => Assert.Null(outcome.Error));
    }

    [Fact]
    public async Task EnqueueEach_AnswerLost_EachTellsItsId()
    {
        ((LossyStore)engine.Store).Creates = 1;
        var outcomes = await engine.Client.EnqueueEachAsync([Echo("a"), JobRequest.Of("echo.no", Json("{}")), Echo("b")], Cancel);
        Assert.IsType<UnknownJobException>(outcomes[1].Error);
        foreach (var outcome in new[] { outcomes[0], outcomes[2] })
        {
            Assert.Equal(outcome.Id, Assert.IsType<JobStoreUnavailableException>(outcome.Error).JobId);
            Assert.Equal(JobState.Queued, (await engine.GetAsync(outcome.Id!.Value)).State);
        }
    }

    [Fact]
    public async Task EnqueueEach_QueueDown_IsTriedOnce_HoweverManyTimesTheJobsAreDueAt()
    {
        engine.Queue.IsDown = true;
        var outcomes = await engine.Client.EnqueueEachAsync([.. Enumerable.Range(1, 20).Select(i => Echo("a", new() { Delay = TimeSpan.FromHours(i) }))], Cancel);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        Assert.Equal(1, engine.Queue.Refused);
    }

    [Fact]
    public async Task Enqueue_AllOrNone_AnswerLost_TellsAllIds()
    {
        ((LossyStore)engine.Store).Creates = 1;
        var e = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.Client.EnqueueAsync([Echo("a"), Echo("b")], Cancel));
        Assert.Equal((2, e.JobId), (e.JobIds.Distinct().Count(), e.JobIds[0]));
    }

    [Fact]
    public async Task Check_ThenEnqueueTwice_IsTwoJobs_AndTheArgumentsMayBeGone()
    {
        JobRequest request;
        using (var document = JsonDocument.Parse("""["a"]"""))
            request = engine.Client.Check(JobRequest.Of("echo.say", document.RootElement));
        Assert.Throws<UnknownJobException>(() => engine.Client.Check(JobRequest.Of("echo.no", Json("{}"))));
        Assert.Empty(engine.Queue.Drain());
        var ids = (await engine.Client.EnqueueEachAsync([request, request], Cancel)).Select(outcome => outcome.Id!.Value).ToArray();
        Assert.NotEqual(ids[0], ids[1]);
        await engine.ProcessNextAsync();
        foreach (var id in ids)
            Assert.Equal("\"a\"", System.Text.Encoding.UTF8.GetString((await engine.GetAsync(id)).Result!.Value.Span));
    }

    private static EnqueueOptions Key(string key) => new() { IdempotencyKey = key };

    private static JobRequest Echo(string text, EnqueueOptions? options = null) => JobRequest.Of("echo.say", JsonSerializer.SerializeToElement(new { text }), options);

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    private sealed class EchoJobs
    {
        [Job("echo.say")]
        public string Say(string text) => text;
    }
}
