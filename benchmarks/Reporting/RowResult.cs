namespace Benchmarks.Reporting;

/// <summary>What a benchmark measured.</summary>
/// <param name="Name">The benchmark's name.</param>
/// <param name="Description">What it measures.</param>
/// <param name="Servers">On which servers, with versions.</param>
/// <param name="Figures">What it measured.</param>
internal sealed record RowResult(string Name, string Description, string Servers, IReadOnlyList<Figure> Figures);
