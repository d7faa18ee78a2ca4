using Benchmarks.Reporting;

namespace Benchmarks.Harness;

/// <summary>A row of the table in docs/performance.md.</summary>
internal interface IBenchmark
{
    /// <summary>As it is typed.</summary>
    string Name { get; }

    /// <summary>What is measured, in a line.</summary>
    string Description { get; }

    /// <exception cref="BenchmarkException">Something did not work.</exception>
    Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation);
}
