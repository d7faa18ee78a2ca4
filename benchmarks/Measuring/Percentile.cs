namespace Benchmarks.Measuring;

/// <summary>A value that so many per cent of all are not above.</summary>
internal static class Percentile
{
    public static double Of(IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        // Between two neighbours by how near each is, so that the median of an even number is their mean.
        var place = percent / 100 * (sorted.Length - 1);
        var (below, above) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
