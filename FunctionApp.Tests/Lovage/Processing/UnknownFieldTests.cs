using System.Text;
using System.Text.Json;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Processing;

/// <summary>What a newer version says of a job, and this one does not know, is in every message that this one sends for it.</summary>
public sealed class UnknownFieldTests(RealServers servers)
{
    private const string Fields = """{"priority":3,"group":{"name":"\u00e4","of":[1,null,true]}}""";

    private readonly Stage stage = new();
    private readonly JobId id = JobId.New(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandBack_KeepsThem()
    {
        await using var engine = NewEngine();
        await engine.Processor.ProcessAsync(Message("stage.count"), new CancellationToken(canceled: true));
        await AssertSentAsync(engine);
    }

    [Fact]
    public async Task HandBack_OfAnUnknownJob_KeepsThem()
    {
        await using var engine = NewEngine();
        await engine.Processor.ProcessAsync(Message("no.such"), CancellationToken.None);
        await AssertSentAsync(engine);
    }

    [Fact]
    public async Task Early_SentAgainForTheRest_KeepsThem()
    {
        await using var engine = NewEngine();
        await engine.Processor.ProcessAsync(Message("stage.count", ",\"notBefore\":\"2200-01-01T00:00:00Z\""), CancellationToken.None);
        await AssertSentAsync(engine);
    }

    [Fact]
    public async Task SecondLook_KeepsThem()
    {
        await using var engine = NewEngine();
        var running = engine.Processor.ProcessAsync(Message("stage.wait"), CancellationToken.None);
        await stage.StartedAsync();
        await engine.Processor.ProcessAsync(Message("stage.wait"), CancellationToken.None);
        Assert.True((await AssertSentAsync(engine)).IsSecondLook);
        stage.Release();
        await running;
    }

    [Fact]
    public async Task Retry_KeepsThem()
    {
        await using var engine = NewEngine();
        stage.Release();
        await engine.Processor.ProcessAsync(Message("stage.throw"), CancellationToken.None);
        await AssertSentAsync(engine);
    }

    [Fact]
    public async Task Rescue_KeepsThem()
    {
        await using var engine = NewEngine();
        await engine.Processor.RescueAsync(Message("stage.count"), CancellationToken.None);
        await AssertSentAsync(engine);
    }

    [Fact]
    public async Task Sweep_RingsFromTheRecord_KeepsThem()
    {
        await using var engine = NewEngine();
        await engine.Store.CreateAsync(MessageReader.Read(Message("stage.count")).Jobs, Cancel);
        await engine.Get<RedisSweep>().MarkUnrungAsync([id], Cancel);
        Assert.Equal(1, await engine.Get<JobSweep>().SweepAsync(Cancel));
        await AssertSentAsync(engine);
    }

    [Fact]
    public async Task Replay_OfAJobThatCameByMessage_KeepsThem()
    {
        await using var engine = NewEngine();
        stage.Release();
        await engine.Processor.ProcessAsync(Message("stage.throw", ",\"maxAttempts\":1"), CancellationToken.None);
        Assert.True(await engine.Get<DeadLetterBox>().ReplayAsync(id, cancellation: Cancel));
        await AssertSentAsync(engine);
    }

    [Fact]
    public async Task Replay_OfAJobWhoseRecordWasRestored_KeepsThem()
    {
        await using var engine = NewEngine();
        var job = Assert.Single(MessageReader.Read(Message("stage.throw")).Jobs);
        var claim = new JobClaim(id, job.Name, job.Claim, WorkerId.New(), 1, null);
        Assert.True(await engine.Store.RestoreAsync(job, claim, Settlement.Failed(FailureReason.Rejected, new InvalidOperationException("no")), Cancel));
        Assert.True(await engine.Get<DeadLetterBox>().ReplayAsync(id, cancellation: Cancel));
        await AssertSentAsync(engine);
    }

    private async Task<JobEnvelope> AssertSentAsync(Engine engine)
    {
        var message = await engine.Queue.ReceiveAsync();
        var sent = JsonDocument.Parse(message).RootElement.GetProperty("jobs")[0];
        var expected = JsonDocument.Parse(Fields).RootElement;
        Assert.All(expected.EnumerateObject(), field => Assert.True(JsonElement.DeepEquals(field.Value, sent.GetProperty(field.Name))));
        Assert.True(Ascii.IsValid(message));
        return Assert.Single(MessageReader.Read(message).Jobs);
    }

    private string Message(string name, string more = "") => $$"""{"v":1,"jobs":[{"id":"{{id}}","name":"{{name}}"{{more}},{{Fields[1..]}}]}""";

    private Engine NewEngine() => new(servers.RedisConnectionString, add: s => s.AddSingleton(stage), jobs: typeof(StageJobs));
}
