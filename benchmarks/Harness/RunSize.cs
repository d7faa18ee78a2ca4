namespace Benchmarks.Harness;

/// <summary>How much is done.</summary>
/// <param name="Runs">How often everything is repeated.</param>
/// <param name="IsSmall">True: as little as shows that it works. The figures mean nothing.</param>
/// <param name="Jobs">So many jobs a run; null for as many as the row needs.</param>
internal sealed record RunSize(int Runs, bool IsSmall, int? Jobs)
{
    /// <summary>A row's own number, unless another was asked for.</summary>
    public int Of(int usual, int small) => Jobs ?? (IsSmall ? small : usual);
}
