namespace Benchmarks.Reporting;

/// <summary>What a benchmark measured.</summary>
internal sealed record RowResult(string Name, string Description, IReadOnlyList<Figure> Figures);
