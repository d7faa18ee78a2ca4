namespace Benchmarks.Reporting;

/// <summary>What a figure has to be.</summary>
/// <param name="Bound">The limit itself is good enough.</param>
/// <param name="IsLeast">True: it has to be the bound or more. False: the bound or less.</param>
internal sealed record Target(double Bound, bool IsLeast)
{
    public static Target AtLeast(double bound) => new(bound, true);

    public static Target AtMost(double bound) => new(bound, false);

    public bool IsMetBy(double value) => IsLeast ? value >= Bound : value <= Bound;
}
