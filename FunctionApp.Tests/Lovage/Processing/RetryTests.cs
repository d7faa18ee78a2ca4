using System.Text.Json;
using Lovage;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class RetryTests(RealServers servers)
{
    [Fact]
    public async Task Process_AlwaysThrows_FailsAfterThreeAttemptsWithTheirHistory()
    {
        await using var engine = NewEngine(AtOnce);
        var id = await engine.EnqueueAsync("retry.always");
        var job = await RunOutAsync(engine, id);
        Assert.Equal((JobState.Failed, FailureReason.AttemptsUsed, 3), (job.State, job.Reason!.Value, job.Attempt));
        Assert.Equal([1, 2, 3], job.History.Select(attempt => attempt.Attempt));
        Assert.All(job.History, attempt =>
        {
            Assert.Equal(("System.InvalidOperationException", "on purpose"), (attempt.Error.Type, attempt.Error.Message));
            Assert.True(attempt.StartedAt <= attempt.EndedAt);
        });
    }

    [Fact]
    public async Task Process_ThrowsTwice_SucceedsInTheThirdAttemptWithoutAnErrorAndKeepsTheHistory()
    {
        await using var engine = NewEngine(AtOnce);
        var id = await engine.EnqueueAsync("retry.twice");
        var job = await RunOutAsync(engine, id);
        Assert.Equal((JobState.Succeeded, 3, null), (job.State, job.Attempt, job.Error));
        Assert.Equal([1, 2], job.History.Select(attempt => attempt.Attempt));
    }

    [Theory]
    [InlineData("retry.always", 4)]
    [InlineData("retry.five-times", 5)]
    public async Task Process_PolicyOfOptionsOrOfTheJob_TheJobsOwnCounts(string name, int attempts)
    {
        await using var engine = NewEngine(options => (options.MaxAttempts, options.RetryBase) = (4, TimeSpan.Zero));
        var id = await engine.EnqueueAsync(name);
        Assert.Equal(attempts, (await RunOutAsync(engine, id)).History.Count);
    }

    [Theory]
    [InlineData("retry.always", 1)]
    [InlineData("retry.always", 2)]
    [InlineData("retry.five-times", 2)]
    public async Task Process_EnqueuedWithMaxAttempts_OverrulesThePolicy(string name, int attempts)
    {
        await using var engine = NewEngine(AtOnce);
        var id = await engine.Client.EnqueueAsync(name, JsonSerializer.SerializeToElement(new { }), new() { MaxAttempts = attempts });
        var job = await RunOutAsync(engine, id);
        Assert.Equal((attempts, FailureReason.AttemptsUsed), (job.History.Count, job.Reason!.Value));
    }

    [Theory]
    [InlineData("retry.always", 4)]
    [InlineData("retry.in-a-minute", 30)]
    [InlineData("retry.asks", 90)]
    public async Task Process_Throws_IsScheduledAndItsMessageHiddenForTheSameTime(string name, int seconds)
    {
        await using var engine = NewEngine(options => options.RetryBase = TimeSpan.FromSeconds(8), new FixedRandom(0.5));
        var id = await engine.EnqueueAsync(name);
        var first = Assert.Single(MessageReader.Read(await engine.Queue.ReceiveAsync()).Jobs);
        await engine.Queue.SendAsync([first], 1, TimeSpan.Zero, CancellationToken.None);
        await engine.ProcessNextAsync();

        var job = await engine.GetAsync(id);
        Assert.Equal((JobState.Scheduled, 2), (job.State, job.Attempt));
        Assert.Equal(TimeSpan.FromSeconds(seconds), job.DueAt - Assert.Single(job.History).EndedAt);

        var (message, delay) = await engine.Queue.ReceiveDelayedAsync();
        Assert.Equal(TimeSpan.FromSeconds(seconds), delay);
        var again = Assert.Single(MessageReader.Read(message).Jobs);
        Assert.Equal((id, name, first.Epoch), (again.Id, again.Name, again.Epoch));
        Assert.Equal(first.Arguments!.Value.ToArray(), again.Arguments!.Value.ToArray());
    }

    [Fact]
    public async Task Process_RetryMessageComesEarly_DoesNotRunAndIsSentAgainForTheRest()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("retry.asks");
        await engine.ProcessNextAsync();
        await engine.ProcessNextAsync();
        var (_, delay) = await engine.Queue.ReceiveDelayedAsync();
        Assert.InRange(delay, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(90));
        Assert.Single((await engine.GetAsync(id)).History);
    }

    [Fact]
    public async Task Process_AsksForAnAttemptAtOnce_IsQueuedAndItsMessageNotHidden()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("retry.asks-at-once");
        await engine.ProcessNextAsync();
        Assert.Equal((JobState.Queued, 2), ((await engine.GetAsync(id)).State, (await engine.GetAsync(id)).Attempt));
        var (message, delay) = await engine.Queue.ReceiveDelayedAsync();
        Assert.Equal(TimeSpan.Zero, delay);
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal(2, (await engine.GetAsync(id)).History.Count);
    }

    [Theory]
    [InlineData("retry.rejects", FailureReason.Rejected)]
    [InlineData("retry.only-on-io", FailureReason.NotRetried)]
    [InlineData("retry.never-on-invalid-operation", FailureReason.NotRetried)]
    public async Task Process_ThrowsWhatIsNotRetried_FailsAtOnce(string name, FailureReason reason)
    {
        await using var engine = NewEngine(AtOnce);
        var job = await engine.RunAsync(name);
        Assert.Equal((JobState.Failed, reason, 1), (job.State, job.Reason!.Value, job.Attempt));
        Assert.Empty(engine.Queue.Drain());
    }

    [Theory]
    [InlineData("retry.only-on-io-and-throws-a-kind-of-it")]
    [InlineData("retry.never-on-invalid-operation-and-throws-another")]
    public async Task Process_ThrowsWhatIsRetried_RunsAgain(string name)
    {
        await using var engine = NewEngine(AtOnce);
        Assert.Equal(JobState.Queued, (await engine.RunAsync(name)).State);
    }

    [Fact]
    public void Delay_ManyDraws_AreAnythingUpToTheLongestAndNeverMore()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(5), 2, TimeSpan.FromHours(1), [], []);
        var random = new Random(20);
        for (var attempt = 1; attempt <= 100; attempt++)
        {
            var longest = policy.Longest(attempt);
            var draws = Enumerable.Range(0, 1_000).Select(_ => policy.Delay(attempt, random) / longest).ToArray();
            Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
            Assert.InRange(draws.Min(), 0, 0.05);
            Assert.InRange(draws.Max(), 0.95, 1);
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(4, 30)]
    [InlineData(100, 30)]
    public void Longest_GrowsByTheFactorUpToTheCap(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RetryPolicy(3, TimeSpan.FromSeconds(5), 2, TimeSpan.FromSeconds(30), [], []).Longest(attempt));

    [Fact]
    public void Of_JobThatSetsEverything_TakesNothingFromTheOptions()
    {
        var policy = RetryPolicy.Of(typeof(RetryJobs).GetMethod(nameof(RetryJobs.FiveTimes))!, new() { MaxAttempts = 9, RetryBase = TimeSpan.FromDays(1), RetryFactor = 9 });
        Assert.Equal((5, TimeSpan.Zero, 3.0, TimeSpan.FromSeconds(7)), (policy.MaxAttempts, policy.Base, policy.Factor, policy.Cap));
    }

    private static void AtOnce(LovageOptions options) => options.RetryBase = TimeSpan.Zero;

    /// <summary>Processes messages until the job has ended.</summary>
    private static async Task<JobRecord> RunOutAsync(Engine engine, JobId id)
    {
        while (true)
        {
            await engine.ProcessNextAsync();
            var job = await engine.GetAsync(id);
            if (!job.State.IsFinal())
                continue;
            Assert.Empty(engine.Queue.Drain());
            return job;
        }
    }

    private Engine NewEngine(Action<LovageOptions>? configure = null, Random? random = null) => new(
        servers.RedisConnectionString, configure, add: s => s.AddSingleton(random ?? new Random(1)), jobs: typeof(RetryJobs));

    private sealed class FixedRandom(double value) : Random(0)
    {
        public override double NextDouble() => value;
    }

    private sealed class RetryJobs
    {
        [Job("retry.always")]
        public void Always() => throw new InvalidOperationException("on purpose");

        [Job("retry.five-times", MaxAttempts = 5, RetryBaseSeconds = 0, RetryFactor = 3, RetryCapSeconds = 7)]
        public void FiveTimes() => Always();

        [Job("retry.in-a-minute", RetryBaseSeconds = 100, RetryCapSeconds = 60)]
        public void InAMinute() => Always();

        [Job("retry.twice")]
        public void Twice(JobContext job)
        {
            if (job.Attempt < 3)
                Always();
        }

        [Job("retry.asks")]
        public void Asks() => throw new RetryJobException(TimeSpan.FromSeconds(90));

        [Job("retry.asks-at-once")]
        public void AsksAtOnce() => throw new RetryJobException(TimeSpan.Zero);

        [Job("retry.rejects")]
        public void Rejects() => throw new RejectJobException("no such customer");

        [Job("retry.only-on-io", RetryOn = [typeof(IOException)])]
        public void OnlyOnIO() => Always();

        [Job("retry.only-on-io-and-throws-a-kind-of-it", RetryOn = [typeof(IOException)])]
        public void OnlyOnIOAndThrows() => throw new FileNotFoundException();

        [Job("retry.never-on-invalid-operation", NeverRetryOn = [typeof(InvalidOperationException)])]
        public void NeverOn() => throw new ObjectDisposedException("a kind of it");

        [Job("retry.never-on-invalid-operation-and-throws-another", NeverRetryOn = [typeof(InvalidOperationException)])]
        public void NeverOnAndThrows() => throw new IOException();
    }
}
