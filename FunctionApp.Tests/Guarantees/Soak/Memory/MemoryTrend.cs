namespace FunctionApp.Tests.Guarantees.Soak.Memory;

/// <summary>The straight line through the second half of what was measured of one process: at first everything grows.</summary>
internal sealed class MemoryTrend
{
    private MemoryTrend(double mean, double growth) => (Mean, Growth) = (mean, growth);

    /// <summary>Bytes, in the second half.</summary>
    public double Mean { get; }

    /// <summary>By how many bytes the line rises in the second half.</summary>
    public double Growth { get; }

    public static MemoryTrend Of(IReadOnlyList<MemorySample> samples)
    {
        var middle = (samples[0].At + samples[^1].At) / 2;
        var half = samples.Where(sample => sample.At >= middle).ToArray();
        var (at, bytes) = (half.Average(sample => sample.At.TotalSeconds), half.Average(sample => (double)sample.Bytes));
        var spread = half.Sum(sample => Math.Pow(sample.At.TotalSeconds - at, 2));
        var slope = spread == 0 ? 0 : half.Sum(sample => (sample.At.TotalSeconds - at) * (sample.Bytes - bytes)) / spread;
        return new(bytes, slope * (half[^1].At - half[0].At).TotalSeconds);
    }

    public override string ToString() => $"{Growth / (1 << 20):+0.0;-0.0} MiB in the second half, at {Mean / (1 << 20):0.0} MiB";

    /// <summary>Not more than a tenth, and a little for what is small.</summary>
    public bool IsFlat(long little) => Growth <= 0.1 * Mean + little;
}
