namespace Benchmarks;

/// <summary>Something did not work: the figures would mean nothing.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
