using System.Text;
using System.Text.Json;
using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.DeadLetters;

public sealed class DeadLetterBoxTests(RealServers servers)
{
    private readonly Health health = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_FailedJob_KeepsReasonErrorAndHistory()
    {
        await using var engine = NewEngine();
        var failed = await FailAsync(engine, "ill.double", 21);
        var letter = Assert.Single(await Box(engine).ListAsync(new(), Cancel));
        Assert.Equal((failed.Id, "ill.double", FailureReason.AttemptsUsed, 2), (letter.Id, letter.Name, letter.Reason!.Value, letter.Attempt));
        Assert.Equal(("System.InvalidOperationException", "ill with 21"), (letter.Error!.Type, letter.Error.Message));
        Assert.Contains("IllJobs.Double", letter.Error.StackTrace, StringComparison.Ordinal);
        Assert.Equal([(1, "ill with 21"), (2, "ill with 21")], letter.History.Select(h => (h.Attempt, h.Error.Message)));
        Assert.NotNull(letter.FinishedAt);
    }

    [Fact]
    public async Task List_LongErrors_AreCut()
    {
        await using var engine = NewEngine();
        var letter = await FailAsync(engine, "ill.talkative", 100_000);
        Assert.Equal(2_001, letter.Error!.Message.Length);
        Assert.All(letter.History, attempt => Assert.Equal(301, attempt.Error.Message.Length));
    }

    [Fact]
    public async Task List_Filtered_GivesThoseThatMatchNewestFirst()
    {
        await using var engine = NewEngine();
        var first = await FailAsync(engine, "ill.double", 1);
        var second = await FailAsync(engine, "ill.rejects", 2);
        var third = await FailAsync(engine, "ill.double", 3);
        Assert.Equal([third.Id, second.Id, first.Id], await IdsAsync(engine, new()));
        Assert.Equal([third.Id, first.Id], await IdsAsync(engine, new() { Name = "ill.double" }));
        Assert.Equal([second.Id], await IdsAsync(engine, new() { Reason = FailureReason.Rejected }));
        Assert.Equal([third.Id, second.Id], await IdsAsync(engine, new() { From = second.FinishedAt }));
        Assert.Equal([second.Id, first.Id], await IdsAsync(engine, new() { To = second.FinishedAt }));
        Assert.Equal([third.Id], await IdsAsync(engine, new() { Name = "ill.double", Limit = 1 }));
        Assert.Empty(await IdsAsync(engine, new() { Name = "ill" }));
    }

    [Theory]
    [InlineData(21, "42")]
    [InlineData(null, "200000")]
    public async Task Replay_FailedJob_RunsFromItsFirstAttemptWithItsArgumentsAndKeepsItsHistory(int? x, string result)
    {
        await using var engine = NewEngine();
        var failed = x is { } number ? await FailAsync(engine, "ill.double", number) : await FailAsync(engine, "ill.length", new string('a', 200_000));
        health.IsGood = true;
        Assert.True(await Box(engine).ReplayAsync(failed.Id, cancellation: Cancel));
        Assert.Empty(await IdsAsync(engine, new()));
        var queued = await engine.GetAsync(failed.Id);
        Assert.Equal((JobState.Queued, 1, null, null), (queued.State, queued.Attempt, queued.Reason, queued.Error));
        await engine.ProcessNextAsync();
        var job = await engine.GetAsync(failed.Id);
        Assert.Equal((JobState.Succeeded, 1, 2), (job.State, job.Attempt, job.History.Count));
        Assert.Equal(result, Encoding.UTF8.GetString(job.Result!.Value.Span));
    }

    [Fact]
    public async Task Replay_FailsAgain_ItsHistoryGrows()
    {
        await using var engine = NewEngine();
        var failed = await FailAsync(engine, "ill.double", 1);
        await Box(engine).ReplayAsync(failed.Id, cancellation: Cancel);
        for (var attempt = 0; attempt < 2; attempt++)
            await engine.ProcessNextAsync();
        Assert.Equal([1, 2, 1, 2], (await engine.GetAsync(failed.Id)).History.Select(h => h.Attempt));
    }

    [Fact]
    public async Task Replay_Filter_RunsThoseThatMatchInPacks()
    {
        await using var engine = NewEngine();
        var requests = Enumerable.Range(0, 25).Select(x => JobRequest.Of("ill.rejects", JsonSerializer.SerializeToElement(new { x }))).ToArray();
        var ids = await engine.Client.EnqueueAsync(requests, Cancel);
        foreach (var message in engine.Queue.Drain())
            await engine.Processor.ProcessAsync(message, CancellationToken.None);
        var other = await FailAsync(engine, "ill.double", 1);
        health.IsGood = true;

        var replay = await Box(engine).ReplayAsync(new DeadLetterFilter { Reason = FailureReason.Rejected }, cancellation: Cancel);
        Assert.Equal(ids.OrderBy(id => id.Value), replay.Replayed.OrderBy(id => id.Value));
        Assert.Equal((25, 0, null, null), (replay.Matched.Count, replay.Unreadable, replay.Next, replay.Error));
        var messages = engine.Queue.Drain();
        Assert.Equal(3, messages.Count);
        Assert.Equal(ids.OrderBy(id => id.Value), messages.SelectMany(m => MessageReader.Read(m).Jobs).Select(job => job.Id).OrderBy(id => id.Value));
        await Task.WhenAll(messages.Select(m => engine.Processor.ProcessAsync(m, CancellationToken.None)));
        Assert.All(await Task.WhenAll(ids.Select(engine.GetAsync)), job => Assert.Equal(JobState.Succeeded, job.State));
        Assert.Equal([other.Id], await IdsAsync(engine, new()));
    }

    [Fact]
    public async Task Replay_Twice_IsFalseTheSecondTime()
    {
        await using var engine = NewEngine();
        var failed = await FailAsync(engine, "ill.double", 1);
        Assert.True(await Box(engine).ReplayAsync(failed.Id, cancellation: Cancel));
        Assert.False(await Box(engine).ReplayAsync(failed.Id, cancellation: Cancel));
        Assert.Single(engine.Queue.Drain());
    }

    [Fact]
    public async Task Replay_NotFailed_IsFalseAndChangesNothing()
    {
        await using var engine = NewEngine();
        health.IsGood = true;
        var job = await engine.RunAsync("ill.double", new { x = 1 });
        Assert.False(await Box(engine).ReplayAsync(job.Id, cancellation: Cancel));
        Assert.False(await Box(engine).ReplayAsync(JobId.New(TimeProvider.System), cancellation: Cancel));
        Assert.Equivalent(job, await engine.GetAsync(job.Id));
        Assert.Empty(engine.Queue.Drain());
    }

    [Fact]
    public async Task Replay_QueueDown_IsRungByTheNextSweep()
    {
        await using var engine = NewEngine();
        var failed = await FailAsync(engine, "ill.double", 1);
        engine.Queue.IsDown = true;
        Assert.True(await Box(engine).ReplayAsync(failed.Id, cancellation: Cancel));
        engine.Queue.IsDown = false;
        Assert.Equal(1, await engine.Get<global::Lovage.Processing.JobSweep>().SweepAsync(Cancel));
        Assert.Equal(failed.Id, Assert.Single(MessageReader.Read(await engine.Queue.ReceiveAsync()).Jobs).Id);
    }

    private static DeadLetterBox Box(Engine engine) => engine.Get<DeadLetterBox>();

    private static async Task<JobId[]> IdsAsync(Engine engine, DeadLetterFilter filter) => [.. (await Box(engine).ListAsync(filter, Cancel)).Select(job => job.Id)];

    private static async Task<JobRecord> FailAsync<T>(Engine engine, string name, T x)
    {
        var id = await engine.EnqueueAsync(name, new { x });
        while (!(await engine.GetAsync(id)).State.IsFinal())
            await engine.ProcessNextAsync();
        return await engine.GetAsync(id);
    }

    private Engine NewEngine() => new(
        servers.RedisConnectionString, options => (options.MaxAttempts, options.RetryBase) = (2, TimeSpan.Zero), add: s => s.AddSingleton(health), jobs: typeof(IllJobs));

    private sealed class Health
    {
        public bool IsGood { get; set; }
    }

    private sealed class IllJobs(Health health)
    {
        [Job("ill.double")]
        public int Double(int x) => health.IsGood ? 2 * x : throw new InvalidOperationException($"ill with {x}");

        [Job("ill.length")]
        public int Length(string x) => health.IsGood ? x.Length : throw new InvalidOperationException();

        [Job("ill.rejects")]
        public int Rejects(int x) => health.IsGood ? x : throw new RejectJobException("ill");

        [Job("ill.talkative")]
        public void Talkative(int x) => throw new InvalidOperationException(new string('a', x));
    }
}
