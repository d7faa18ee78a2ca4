using System.Globalization;

namespace FunctionApp.Tests.Guarantees.Soak.Memory;

/// <summary>
/// What a worker still holds once everything unreachable is collected. What it has resident is more: the collector keeps room for what comes next, on a
/// machine with memory to spare a lot, so that alone tells little about a leak.
/// </summary>
internal static class LiveHeap
{
    /// <summary>A worker process writes its own count into the file that this variable names.</summary>
    public const string Variable = "SOAK_HEAP";

    /// <summary>Begins to measure this process, on a thread of its own, as long as it lives.</summary>
    public static void Watch(string file, TimeSpan interval) =>
        new Thread(() =>
        {
            using var never = new ManualResetEvent(initialState: false);
            while (!never.WaitOne(interval))
                Write(file, Measure());
        })
        { IsBackground = true, Name = "live heap" }.Start();

    /// <returns>Bytes; null if the process has not measured yet.</returns>
    public static long? Read(string file) => File.Exists(file) ? long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;

    private static long Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    // Whole or not at all: the process may be killed here, and another reads.
    private static void Write(string file, long bytes)
    {
        File.WriteAllText(file + ".new", bytes.ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".new", file, overwrite: true);
    }
}
