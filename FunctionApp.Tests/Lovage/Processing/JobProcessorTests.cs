using System.Text;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class JobProcessorTests(RealServers servers)
{
    [Theory]
    [InlineData("kinds.value", "5")]
    [InlineData("kinds.task", "\"done\"")]
    [InlineData("kinds.value-task", "[1,2]")]
    [InlineData("kinds.nothing", null)]
    [InlineData("kinds.static", "7")]
    [InlineData("kinds.null", "null")]
    public async Task Process_EveryKindOfMethod_ResultIsRecorded(string name, string? result)
    {
        await using var engine = NewEngine();
        var job = await engine.RunAsync(name);
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal(result, job.Result is { } json ? Encoding.UTF8.GetString(json.Span) : null);
    }

    [Theory]
    [InlineData("kinds.throws")]
    [InlineData("kinds.throws-later")]
    public async Task Process_JobThrows_FailsWithTheErrorItself(string name)
    {
        await using var engine = NewEngine();
        var job = await engine.RunAsync(name);
        Assert.Equal((JobState.Failed, FailureReason.AttemptsUsed), (job.State, job.Reason!.Value));
        Assert.Equal(("System.NotSupportedException", "on purpose"), (job.Error!.Type, job.Error.Message));
        Assert.Contains("Kinds.Throws", job.Error.StackTrace, StringComparison.Ordinal);
        Assert.Empty(engine.Queue.Drain());
    }

    [Fact]
    public async Task Process_SameMessageThreeTimes_RunsOnce()
    {
        await using var engine = NewEngine();
        await engine.EnqueueAsync("kinds.count");
        var message = await engine.Queue.ReceiveAsync();
        for (var i = 0; i < 3; i++)
            await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal(1, engine.Services.GetRequiredService<Counter>().Value);
    }

    [Fact]
    public async Task Process_PackOfGoodAndBad_GoodRunAndBadFailAlone()
    {
        await using var engine = NewEngine();
        JobId[] ids = [JobId.New(TimeProvider.System), JobId.New(TimeProvider.System), JobId.New(TimeProvider.System)];
        var message = $$"""
            {"v":1,"jobs":[
              {"id":"{{ids[0]}}","name":"kinds.value"},
              {"id":"{{ids[1]}}","name":"no.such"},
              {"id":"{{ids[2]}}","name":"kinds.value","args":{"z":1 } }
            ]}
            """;
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(ids[0])).State);
        Assert.Equal("Lovage.Jobs.UnknownJobException", (await engine.GetAsync(ids[1])).Error!.Type);
        Assert.Equal("Lovage.Jobs.InvalidArgumentsException", (await engine.GetAsync(ids[2])).Error!.Type);
    }

    [Fact]
    public async Task Process_LargeArguments_ComeFromTheStore()
    {
        await using var engine = NewEngine();
        var job = await engine.RunAsync("kinds.length", new { text = new string('a', 200_000) });
        Assert.Equal("200000", Encoding.UTF8.GetString(job.Result!.Value.Span));
    }

    [Fact]
    public async Task Process_RecordLostWithItsStore_IsRebuiltAndRuns()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("kinds.value");
        var message = await engine.Queue.ReceiveAsync();
        await using var emptied = NewEngine();
        await emptied.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal(JobState.Succeeded, (await emptied.GetAsync(id)).State);
    }

    [Fact]
    public async Task Process_RecordTrimmedFromTheSameStore_DoesNotRun()
    {
        await using var engine = NewEngine();
        await engine.EnqueueAsync("kinds.count");
        var envelope = MessageReader.Read(await engine.Queue.ReceiveAsync()).Jobs[0] with { Id = JobId.New(TimeProvider.System) };
        await engine.Queue.SendAsync([envelope], 1, TimeSpan.Zero, CancellationToken.None);
        await engine.ProcessNextAsync();
        Assert.Equal(0, engine.Services.GetRequiredService<Counter>().Value);
    }

    [Fact]
    public async Task Process_UnreadableMessageTwice_IsOneDeadLetterWithItsTextAndReason()
    {
        await using var engine = NewEngine();
        await engine.Processor.ProcessAsync("hello", CancellationToken.None);
        await engine.Processor.ProcessAsync("hello", CancellationToken.None);
        var box = engine.Services.GetRequiredService<DeadLetterBox>();
        var letter = Assert.Single(await box.ListAsync(new()));
        Assert.Equal((FailureReason.Unreadable, "hello"), (letter.Reason!.Value, await box.ReadTextAsync(letter.Id)));
        Assert.StartsWith("The message is not JSON", letter.Error!.Message, StringComparison.Ordinal);
        Assert.False(await box.ReplayAsync(letter.Id));
    }

    private Engine NewEngine() => new(
        servers.RedisConnectionString, options => (options.MaxAttempts, options.KeepUnknownJobs) = (1, TimeSpan.Zero),
        add: s => s.AddSingleton<Counter>(), jobs: typeof(Kinds));

    private sealed class Counter
    {
        private int value;

        public int Value => value;

        public void Add() => Interlocked.Increment(ref value);
    }

    private sealed class Kinds(Counter counter)
    {
        [Job("kinds.static")]
        public static int Static() => 7;

        [Job("kinds.value")]
        public int Value() => 5;

        [Job("kinds.task")]
        public async Task<string> TaskAsync()
        {
            await Task.Yield();
            return "done";
        }

        [Job("kinds.value-task")]
        public ValueTask<int[]> ValueTaskAsync() => new([1, 2]);

        [Job("kinds.nothing")]
        public async Task NothingAsync() => await Task.Yield();

        [Job("kinds.null")]
        public string? Null() => null;

        [Job("kinds.throws")]
        public void Throws() => throw new NotSupportedException("on purpose");

        [Job("kinds.throws-later")]
        public async Task<int> ThrowsLaterAsync()
        {
            await Task.Yield();
            throw new NotSupportedException("on purpose");
        }

        [Job("kinds.count")]
        public void Count() => counter.Add();

        [Job("kinds.length")]
        public int Length(string text) => text.Length;
    }
}
