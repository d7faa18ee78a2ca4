using System.Globalization;
using System.Text;

namespace FunctionApp.Tests.Guarantees.Soak.Memory;

/// <summary>What was measured, by minute and in sum, as Markdown.</summary>
internal sealed class MemoryTables(MemoryWatch watch)
{
    private const string Steady = "worker 1, life 1";

    private static readonly string[] Named = [Steady, Steady + MemoryWatch.Heap, MemoryWatch.RedisUsed, MemoryWatch.RedisResident, MemoryWatch.AzuriteResident];

    public void Write(StringBuilder text)
    {
        text.Append("| memory, MiB | peak | at the end | growth in the second half | |\n|---|---:|---:|---:|---|\n");
        var judged = MemoryJudgement.Of(watch);
        foreach (var name in Named.Where(watch.Samples.ContainsKey))
        {
            var samples = watch.Samples[name];
            var growth = MemoryTrend.Of(samples);
            var verdict = judged.Where(found => found.Name == name).Select(found => found.IsFlat ? "flat" : "GROWS").FirstOrDefault("not judged");
            text.Append($"| {Meaning(name)} | {MiB(samples.Max(sample => sample.Bytes))} | {MiB(samples[^1].Bytes)}");
            text.Append($" | {MiB(growth.Growth)} ({100 * growth.Growth / growth.Mean:0.0} %) | {verdict} |\n");
        }
        var peak = Others.SelectMany(life => life).Select(sample => sample.Bytes).DefaultIfEmpty().Max();
        text.Append($"| the largest of the other workers | {MiB(peak)} | | | |\n\n");

        text.Append("| minute | worker 1 | its live heap | largest other worker | Redis, used | Redis, resident | Azurite |\n|---:|---:|---:|---:|---:|---:|---:|\n");
        var length = watch.Samples.Values.SelectMany(life => life).Select(sample => sample.At).DefaultIfEmpty().Max();
        for (var minute = TimeSpan.Zero; minute < length; minute += TimeSpan.FromMinutes(1))
        {
            text.Append($"| {minute.TotalMinutes:0} | {At(Steady, minute)} | {At(Steady + MemoryWatch.Heap, minute)} | {MiB(Others.Max(life => In(life, minute)))}");
            text.Append($" | {At(MemoryWatch.RedisUsed, minute)} | {At(MemoryWatch.RedisResident, minute)} | {At(MemoryWatch.AzuriteResident, minute)} |\n");
        }
    }

    private IEnumerable<IReadOnlyList<MemorySample>> Others => watch.Samples
        .Where(pair => !Named.Contains(pair.Key) && !pair.Key.EndsWith(MemoryWatch.Heap, StringComparison.Ordinal))
        .Select(pair => pair.Value);

    private string At(string name, TimeSpan minute) => watch.Samples.TryGetValue(name, out var samples) ? MiB(In(samples, minute)) : "";

    // The first of the minute.
    private static long? In(IEnumerable<MemorySample> samples, TimeSpan minute) =>
        samples.Where(sample => sample.At >= minute && sample.At < minute + TimeSpan.FromMinutes(1)).Select(sample => (long?)sample.Bytes).FirstOrDefault();

    private static string Meaning(string name) => name == Steady ? "worker 1, never killed" : name == Steady + MemoryWatch.Heap ? "of it live after a full collection" : name;

    private static string MiB(double? bytes) => bytes is { } some ? (some / (1 << 20)).ToString("0.0", CultureInfo.InvariantCulture) : "";
}
