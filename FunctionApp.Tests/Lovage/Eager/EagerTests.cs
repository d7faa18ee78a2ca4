using System.Text;
using System.Text.Json;
using Lovage;
using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Health;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Eager;

public sealed class EagerTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero));
    private readonly Stage stage = new();
    private readonly EagerLog log = new();
    private readonly ServiceProvider services;

    public EagerTests()
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton<TimeProvider>(time).AddSingleton(stage).AddSingleton(log).AddScoped<EagerScope>();
        collection.AddLovage().AddJobs<EagerJobs>().AddJobs<StageJobs>().RunEagerly();
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private JobClient Client => services.GetRequiredService<JobClient>();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Enqueue_TypedCall_HasRunWhenItReturns()
    {
        var job = await GetAsync(await Client.EnqueueAsync<EagerJobs>(j => j.Add(2, 3), cancellation: Cancel));
        Assert.Equal((JobState.Succeeded, "5", "eager.add", 1), (job.State, Result(job), job.Name, job.Attempt));
        Assert.Equal((time.GetUtcNow(), time.GetUtcNow(), time.GetUtcNow()), (job.EnqueuedAt, job.StartedAt!.Value, job.FinishedAt!.Value));
    }

    [Fact]
    public async Task Start_NeedsNoServersAndNoSettings()
    {
        Assert.Empty(services.GetServices<IHostedService>());
        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.True((await services.GetRequiredService<LovageHealth>().CheckAsync(Cancel)).IsHealthy);
    }

    [Fact]
    public void Start_WithoutSettingsAndNotEagerly_NamesThem()
    {
        var collection = new ServiceCollection();
        collection.AddLovage().AddJobs<EagerJobs>();
        using var provider = collection.BuildServiceProvider();
        var e = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("Redis is not set", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enqueue_Refused_ThrowsAsWithServers()
    {
        await Assert.ThrowsAsync<UnknownJobException>(() => RunAsync("eager.ad"));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => RunAsync("eager.add", new { x = "two", y = 3 }));
        await Assert.ThrowsAsync<ArgumentsTooLargeException>(() => RunAsync("eager.length", new { text = new string('a', 2_000_000) }));
    }

    [Fact]
    public async Task Enqueue_ArgumentsThatNoMessageHolds_ComeFromTheStore() =>
        Assert.Equal("200000", Result(await RunAsync("eager.length", new { text = new string('a', 200_000) })));

    [Fact]
    public async Task Enqueue_Many_RunInOrder()
    {
        var requests = Enumerable.Range(0, 30).Select(i => JobRequest.Of<EagerJobs>(j => j.Note($"{i}"))).ToArray();
        await Client.EnqueueAsync(requests, Cancel);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), log.Lines.Where(line => line != "disposed"));
        Assert.Equal(30, log.Lines.Count(line => line == "disposed"));
    }

    [Fact]
    public async Task Run_Context_IsTheJobsAndCarriesHeadersAndProgress()
    {
        var options = new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = "ä" } };
        var job = await GetAsync(await Client.EnqueueAsync<EagerJobs>(j => j.ContextAsync(null!), options, Cancel));
        Assert.Equal(("true", new(50, "ä")), (Result(job), job.Progress));
        Assert.Null(services.GetRequiredService<IJobContextAccessor>().Context);
    }

    [Fact]
    public async Task Run_ThrowsTwice_IsTriedAgainWithoutPausesAndKeepsItsHistory()
    {
        var job = await RunAsync("eager.third-time");
        Assert.Equal((JobState.Succeeded, "\"done\"", 3, null), (job.State, Result(job), job.Attempt, job.Error));
        Assert.Equal([(1, "attempt 1"), (2, "attempt 2")], job.History.Select(h => (h.Attempt, h.Error.Message)));
    }

    [Fact]
    public async Task Run_AsksToBeTriedMuchLater_IsTriedAtOnce() => Assert.Equal("\"done\"", Result(await RunAsync("eager.later")));

    [Fact]
    public async Task Run_FailsForGood_DoesNotThrowAtTheEnqueuerAndTheRecordSaysWhy()
    {
        var job = await RunAsync("eager.fail");
        Assert.Equal((JobState.Failed, FailureReason.AttemptsUsed, 2, 2), (job.State, job.Reason!.Value, job.Attempt, job.History.Count));
        Assert.Equal(("System.InvalidOperationException", "on purpose"), (job.Error!.Type, job.Error.Message));
        Assert.Equal(JobState.Failed, await Client.CancelAsync(job.Id, Cancel));
    }

    [Fact]
    public async Task Run_Rejects_IsNotTriedAgain()
    {
        var job = await RunAsync("eager.reject");
        Assert.Equal((FailureReason.Rejected, 1), (job.Reason!.Value, job.Attempt));
    }

    [Fact]
    public async Task Enqueue_Delayed_RunsAtOnce()
    {
        var job = await RunAsync("eager.add", new { x = 2, y = 3 }, new() { Delay = TimeSpan.FromDays(30) });
        Assert.Equal((JobState.Succeeded, time.GetUtcNow()), (job.State, job.StartedAt));
    }

    [Fact]
    public async Task Enqueue_Expired_DoesNotRun()
    {
        var job = await RunAsync("eager.note", new { line = "no" }, new() { Expires = time.GetUtcNow() });
        Assert.Equal((JobState.Expired, 0), (job.State, log.Lines.Count));
    }

    [Fact]
    public async Task Run_TimeLimit_CancelsTheTokenAndTheAttemptHasFailed()
    {
        var running = RunAsync("stage.wait-at-most-10-s", options: new() { MaxAttempts = 1 });
        await stage.StartedAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        var job = await running;
        Assert.Equal((FailureReason.AttemptsUsed, "System.TimeoutException"), (job.Reason!.Value, job.Error!.Type));
    }

    [Fact]
    public async Task Run_HardTimeLimit_IsAbandoned()
    {
        var running = RunAsync("stage.block-at-most-20-s");
        await stage.StartedAsync();
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(FailureReason.TimeLimit, (await running).Reason);
        stage.Release();
    }

    [Fact]
    public async Task Run_EnqueuesAJob_ThatRunsWithinIt()
    {
        Assert.Equal("\"Succeeded True\"", Result(await RunAsync("eager.parent")));
        Assert.Equal(["child", "disposed", "disposed"], log.Lines);
    }

    [Fact]
    public async Task Run_EnqueuesAJobThatFails_GoesOn()
    {
        var job = await RunAsync("eager.parent-of-a-failure");
        Assert.Equal((JobState.Succeeded, "\"failed\""), (job.State, Result(job)));
    }

    [Fact]
    public async Task Run_EnqueuesItself_EndsAtTheLimit()
    {
        Assert.Equal(JobState.Succeeded, (await RunAsync("eager.endless")).State);
        Assert.Equal(100, log.Lines.Count(line => line == "again"));
    }

    [Theory]
    [InlineData("eager.cancels-itself")]
    [InlineData("eager.cancels-itself-and-throws")]
    public async Task Cancel_WhileItRuns_EndsCancelledAndIsNotTriedAgain(string name)
    {
        var job = await RunAsync(name);
        Assert.Equal((JobState.Cancelled, 1), (job.State, job.Attempt));
    }

    [Fact]
    public async Task Get_And_Cancel_NoSuchJob_AreNull()
    {
        var id = JobId.New(time);
        Assert.Null(await Client.GetAsync(id, Cancel));
        Assert.Null(await Client.CancelAsync(id, Cancel));
    }

    [Fact]
    public async Task WhatNeedsServers_SaysThatThereAreNone()
    {
        var box = services.GetRequiredService<DeadLetterBox>();
        await AssertSaysAsync(() => box.ListAsync(new(), Cancel));
        await AssertSaysAsync(() => box.ReadTextAsync(JobId.New(time), Cancel));
        await AssertSaysAsync(() => box.ReplayAsync(JobId.New(time), cancellation: Cancel));
        await AssertSaysAsync(() => services.GetRequiredService<JobSweep>().SweepAsync(Cancel));
        var processor = services.GetRequiredService<JobProcessor>();
        await AssertSaysAsync(() => processor.ProcessAsync("hello", Cancel));
        await AssertSaysAsync(() => processor.ProcessAsync($$"""{"v":1,"jobs":[{"id":"{{JobId.New(time)}}","name":"eager.add"}]}""", Cancel));
    }

    private static async Task AssertSaysAsync(Func<Task> call)
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(call);
        Assert.StartsWith("Jobs run eagerly here (LovageBuilder.RunEagerly)", e.Message, StringComparison.Ordinal);
    }

    private static string? Result(JobRecord job) => job.Result is { } json ? JsonSerializer.Serialize(JsonDocument.Parse(Encoding.UTF8.GetString(json.Span))) : null;

    private async Task<JobRecord> RunAsync(string name, object? arguments = null, EnqueueOptions? options = null) =>
        await GetAsync(await Client.EnqueueAsync(name, JsonSerializer.SerializeToElement(arguments ?? new { }), options, Cancel).WaitAsync(Limits.Signal, Cancel));

    private async Task<JobRecord> GetAsync(JobId id) => (await Client.GetAsync(id, Cancel))!;
}
