using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Benchmarks.Micro;

/// <summary>The benchmarks of single steps, by BenchmarkDotNet: in this process, so that nothing is built.</summary>
internal static class MicroBenchmarks
{
    public const string Name = "micro";

    /// <param name="isSmall">True: each step once, to see that it works.</param>
    /// <exception cref="BenchmarkException">One did not work.</exception>
    public static void Run(bool isSmall)
    {
        var folder = Directory.CreateTempSubdirectory("lovage-benchmark-");
        try
        {
            var job = (isSmall ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
            var config = ManualConfig.CreateMinimumViable().AddJob(job).WithArtifactsPath(folder.FullName).WithOptions(ConfigOptions.DisableOptimizationsValidator);
            var summaries = BenchmarkRunner.Run([typeof(EnvelopeBenchmarks), typeof(InvokeBenchmarks), typeof(StoreBenchmarks)], config);
            if (summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) || summaries.Sum(summary => summary.Reports.Length) < 4)
                throw new BenchmarkException("A benchmark of a single step did not work; BenchmarkDotNet says why above.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
