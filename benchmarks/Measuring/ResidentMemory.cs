using System.Diagnostics;

namespace Benchmarks.Measuring;

/// <summary>What a process has in memory, in bytes.</summary>
internal static class ResidentMemory
{
    public const double MiB = 1024 * 1024;

    public static long Of(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64;
    }
}
