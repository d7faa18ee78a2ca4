namespace FunctionApp.Tests.Guarantees.Soak.Memory;

/// <summary>Whether what was measured stays where it is, once it has its size.</summary>
internal static class MemoryJudgement
{
    // What has not run for so long still grows into its work: code is compiled, pools and heaps find their size.
    public static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);

    private const long MiB = 1 << 20;

    /// <summary>The second half of all that ran long enough to be judged. Azurite is an emulator and not ours: it is measured, and not judged.</summary>
    public static IReadOnlyList<(string Name, MemoryTrend Trend, bool IsFlat)> Of(MemoryWatch watch) =>
    [
        .. watch.Samples
            .Where(pair => pair.Key != MemoryWatch.AzuriteResident && pair.Value[^1].At - pair.Value[0].At >= LongEnough)
            .Select(pair => (pair.Key, Trend: MemoryTrend.Of(pair.Value), Little: Little(pair.Key)))
            .Select(found => (found.Key, found.Trend, found.Trend.IsFlat(found.Little))),
    ];

    // What a program counts itself is exact; what a process has resident moves with its allocator.
    private static long Little(string name) => name == MemoryWatch.RedisUsed || name.EndsWith(MemoryWatch.Heap, StringComparison.Ordinal) ? 2 * MiB : 8 * MiB;
}
