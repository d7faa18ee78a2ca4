using BenchmarkDotNet.Attributes;
using FunctionApp.Jobs;
using Lovage;
using Lovage.Processing;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Micro;

/// <summary>What it takes to run a job that was claimed: bind its arguments, make a scope and its class, call it, write its result. No server.</summary>
[MemoryDiagnoser]
public class InvokeBenchmarks
{
    private ServiceProvider services = null!;
    private ClaimedJob job = null!;
    private JobRunner runner = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddLovage().AddJobs<DemoJobs>().RunEagerly();
        services = collection.BuildServiceProvider();
        runner = services.GetRequiredService<JobRunner>();
        var envelope = SampleJob.New();
        job = new(envelope, SampleJob.Claim(envelope), CancellationToken.None, CancellationToken.None);
    }

    [GlobalCleanup]
    public void CleanUp() => services.Dispose();

    [Benchmark]
    public async Task<int> Invoke()
    {
        var settlement = await runner.RunAsync(job, CancellationToken.None);
        return settlement.Result is { } result ? result.Length : throw new BenchmarkException($"The job ended with {settlement.Event}.");
    }
}
