using System.Diagnostics;

namespace Benchmarks.Measuring;

/// <summary>What a process has used of the processors so far, its threads and the kernel's work for it together.</summary>
internal static class CpuTime
{
    public static TimeSpan Of(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }
}
