namespace Benchmarks.Measuring;

/// <summary>What a process had in memory, in bytes, from the beginning of something to its end.</summary>
internal sealed record MemoryCourse(IReadOnlyList<long> Bytes)
{
    public long Most => Bytes.Max();

    /// <summary>The most of the second half by the most of the first: 1 or less is flat.</summary>
    public double Growth => Bytes.Count < 2 ? 1 : Bytes.Skip(Bytes.Count / 2).Max() / (double)Bytes.Take(Bytes.Count / 2).Max();
}
