using FunctionApp.Tests.Lovage.Model;
using Lovage;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Store;

/// <summary>On a clock that the test moves, in milliseconds.</summary>
public sealed class RetentionTests(RealServers servers)
{
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private long now = 1_800_000_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_EndedJobs_AreForgottenAfterADayAndFailedOnesAfterFourteen()
    {
        await using var engine = await NewEngineAsync();
        var succeeded = (await engine.RunAsync("kept.ok")).Id;
        var failed = (await engine.RunAsync("kept.reject")).Id;
        var cancelled = await engine.EnqueueAsync("kept.ok");
        await engine.Client.CancelAsync(cancelled, Cancel);
        var waiting = await engine.Client.EnqueueAsync("kept.ok", Json("{}"), new() { Delay = TimeSpan.FromDays(30) }, Cancel);

        await PassAsync(engine, Day - 1);
        Assert.All(await KnownAsync(engine, succeeded, cancelled, failed, waiting), Assert.True);
        await PassAsync(engine, 1);
        Assert.Equal<bool[]>([false, false, true, true], await KnownAsync(engine, succeeded, cancelled, failed, waiting));
        await PassAsync(engine, (13 * Day) - 1);
        Assert.Equal<bool[]>([true, true], await KnownAsync(engine, failed, waiting));
        await PassAsync(engine, 1);
        Assert.Equal<bool[]>([false, true], await KnownAsync(engine, failed, waiting));
    }

    [Fact]
    public async Task Sweep_MoreEndedJobsOfOneNameThanAreKept_TheOldestGo()
    {
        await using var engine = await NewEngineAsync(options => options.MaxFinishedPerName = 3);
        var ids = new List<JobId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await engine.RunAsync("kept.ok")).Id);
            await engine.Get<VirtualClockConnection>().SetClockAsync(++now, Cancel);
        }
        var other = (await engine.RunAsync("kept.small")).Id;
        var failed = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (await engine.RunAsync("kept.reject")).Id));
        await PassAsync(engine, 0);
        Assert.Equal<bool[]>([false, false, true, true, true, true], await KnownAsync(engine, [.. ids, other]));
        Assert.All(await KnownAsync(engine, failed), Assert.True);
    }

    [Fact]
    public async Task Sweep_MoreThanOneScriptTakes_AllAreForgottenAndNoKeyIsLeft()
    {
        await using var engine = await NewEngineAsync();
        var ids = await engine.Client.EnqueueAsync([.. Enumerable.Range(0, 1_300).Select(_ => global::Lovage.Client.JobRequest.Of("kept.ok", Json("{}")))], Cancel);
        await Task.WhenAll(ids.Select(id => engine.Client.CancelAsync(id, Cancel)));
        engine.Queue.Drain();
        await PassAsync(engine, Day);
        Assert.All(await KnownAsync(engine, [.. ids]), Assert.False);
        Assert.Equal(["clock", "epoch"], await KeysAsync(engine));
    }

    [Fact]
    public async Task Trimmed_ItsMessageComesAgain_RunsNothing()
    {
        await using var engine = await NewEngineAsync();
        var id = await engine.EnqueueAsync("kept.ok");
        var message = await engine.Queue.ReceiveAsync();
        await engine.Processor.ProcessAsync(message, Cancel);
        await PassAsync(engine, Day);
        await engine.Processor.ProcessAsync(message, Cancel);
        Assert.Equal((null, 1), (await engine.Client.GetAsync(id, Cancel), engine.Get<Runs>().Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","epoch":"1-of-a-lost-store" """)]
    public async Task Trimmed_JobThatWasRecordedFromItsMessage_IsKnownToHaveEnded(string epoch)
    {
        await using var engine = await NewEngineAsync();
        var id = JobId.New(TimeProvider.System);
        var message = $$"""{"v":1,"jobs":[{"id":"{{id}}","name":"kept.ok"{{epoch}}}]}""";
        await engine.Processor.ProcessAsync(message, Cancel);
        await PassAsync(engine, Day);
        Assert.Null(await engine.Client.GetAsync(id, Cancel));
        await engine.Processor.ProcessAsync(message, Cancel);
        Assert.Equal(1, engine.Get<Runs>().Count);
        var connection = engine.Get<RedisConnection>();
        Assert.InRange((await connection.CallAsync(db => db.KeyTimeToLiveAsync(connection.Keys.Job(id)), Cancel))!.Value, TimeSpan.FromDays(29), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Succeeded_ItsArgumentsAreDropped_AndItsResultIfNobodyAsksForIt()
    {
        await using var engine = await NewEngineAsync();
        var kept = await engine.RunAsync("kept.ok", new { text = "argument" });
        var small = await engine.RunAsync("kept.small");
        Assert.Equal("\"argument\"", System.Text.Encoding.UTF8.GetString(kept.Result!.Value.Span));
        Assert.Equal((JobState.Succeeded, null), (small.State, small.Result));
        Assert.Null(await engine.Get<RedisDeadLetters>().ReadTextAsync(kept.Id, Cancel));
    }

    [Theory]
    [InlineData(1_022, JobState.Succeeded)]
    [InlineData(1_023, JobState.Failed)]
    public async Task Result_OfTheLargestSizeOrOneByteMore_IsKeptOrFailsTheJob(int characters, JobState expected)
    {
        await using var engine = await NewEngineAsync(options => options.MaxResultBytes = 1_024);
        var job = await engine.RunAsync("kept.ok", new { text = new string('a', characters) });
        Assert.Equal(expected, job.State);
        Assert.Equal(expected is JobState.Failed ? FailureReason.ResultTooLarge : null, job.Reason);
        Assert.Equal(expected is JobState.Failed ? "The result of job 'kept.ok' is 1,025 bytes once encoded; Lovage:MaxResultBytes allows 1,024. Store it elsewhere and return where it is." : null, job.Error?.Message);
    }

    private static System.Text.Json.JsonElement Json(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement;

    private static async Task<bool[]> KnownAsync(Engine engine, params JobId[] ids) =>
        [.. (await Task.WhenAll(ids.Select(id => engine.Client.GetAsync(id, Cancel)))).Select(job => job is not null)];

    private static async Task<string[]> KeysAsync(Engine engine)
    {
        var keys = (string[])(await engine.Get<RedisConnection>().CallAsync(db => db.ExecuteAsync("KEYS", $"{{{engine.Prefix}}}:*"), Cancel))!;
        return [.. keys.Select(key => key[(engine.Prefix.Length + 3)..]).Order()];
    }

    private async Task<Engine> NewEngineAsync(Action<LovageOptions>? configure = null)
    {
        var engine = new Engine(
            servers.RedisConnectionString, configure,
            services => services.AddSingleton<Runs>().AddSingleton<VirtualClockConnection>().AddSingleton<RedisConnection>(s => s.GetRequiredService<VirtualClockConnection>()),
            typeof(KeptJobs));
        await engine.Get<VirtualClockConnection>().SetClockAsync(now, Cancel);
        return engine;
    }

    private async Task PassAsync(Engine engine, long milliseconds)
    {
        await engine.Get<VirtualClockConnection>().SetClockAsync(now += milliseconds, Cancel);
        await engine.Get<JobSweep>().SweepAsync(Cancel);
    }

    internal sealed class Runs
    {
        public int Count { get; set; }
    }

    internal sealed class KeptJobs(Runs runs)
    {
        [Job("kept.ok")]
        public string Ok(string text = "")
        {
            runs.Count++;
            return text;
        }

        [Job("kept.small", KeepResult = false)]
        public string Small() => "nobody asks";

        [Job("kept.reject")]
        public void Reject() => throw new RejectJobException("no");
    }
}
