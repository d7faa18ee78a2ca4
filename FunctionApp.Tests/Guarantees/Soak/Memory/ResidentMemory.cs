using System.Globalization;

namespace FunctionApp.Tests.Guarantees.Soak.Memory;

/// <summary>What a process has in memory, as Linux tells.</summary>
internal static class ResidentMemory
{
    /// <returns>Bytes; null for a process that has ended.</returns>
    public static long? Read(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? null : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
