using System.Text;
using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Processing;

/// <summary>Many processes are given the same messages at once.</summary>
public abstract class ContentionContract
{
    private readonly Stage stage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<string> ServerAsync();

    [Fact]
    public async Task Process_EightProcessesAndTheSameThousandJobs_EachRunsOnce()
    {
        await using var engine = new Engine(await ServerAsync(), add: s => s.AddSingleton(stage), jobs: typeof(StageJobs));
        var none = JsonSerializer.SerializeToElement(new { });
        var ids = await engine.Client.EnqueueAsync([.. Enumerable.Range(0, 1_000).Select(_ => JobRequest.Of("stage.count", none))], Cancel);
        var jobs = engine.Queue.Drain().SelectMany(m => MessageReader.Read(m).Jobs).ToArray();
        var processes = Enumerable.Range(0, 8).Select(_ => engine.NewProcess()).ToArray();

        await Task.WhenAll(processes.Select((process, i) => Task.Run(() => ProcessAsync(process, jobs, new Random(i)), Cancel)));

        Assert.All(ids, id => Assert.Equal(1, stage.Runs[id]));
        Assert.All(await Task.WhenAll(ids.Select(engine.GetAsync)), job => Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt)));
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    // In an order of its own, in packs of its own.
    private static async Task ProcessAsync(Engine process, JobEnvelope[] jobs, Random random)
    {
        var shuffled = jobs.ToArray();
        random.Shuffle(shuffled);
        var messages = MessageWriter.Write(shuffled, random.Next(5, 50)).Select(m => Encoding.UTF8.GetString(m.Span));
        await Parallel.ForEachAsync(messages, Cancel, async (message, _) => await process.Processor.ProcessAsync(message, CancellationToken.None));
    }
}
