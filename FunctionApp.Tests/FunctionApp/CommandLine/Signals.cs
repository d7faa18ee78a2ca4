using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>Signals to processes that tests started.</summary>
internal static class Signals
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const nint Default = 0;
    private const nint Ignored = 1;

    private static readonly Lock Starting = new();

    /// <summary>What Ctrl+C sends.</summary>
    public static void SendInterrupt(Process process) => Send(process, Interrupt);

    public static void SendTerminate(Process process) => Send(process, Terminate);

    /// <summary>
    /// Starts a process that heeds Ctrl+C, as one at a terminal does. A shell makes what it runs in the background ignore it, and who ignores it hands
    /// that down: without this, tests would fail where the test run itself was put into the background.
    /// </summary>
    public static void StartHeeding(Process process)
    {
        lock (Starting)
        {
            var ignores = OperatingSystem.IsLinux() && IgnoresInterrupt();
            if (ignores)
                _ = SetHandler(Interrupt, Default);
            try
            {
                process.Start();
            }
            finally
            {
                if (ignores)
                    _ = SetHandler(Interrupt, Ignored);
            }
        }
    }

    private static void Send(Process process, int signal)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no signals.");
        // It may have ended by itself meanwhile.
        if (!process.HasExited)
            _ = SendSignal(process.Id, signal);
    }

    private static bool IgnoresInterrupt()
    {
        const string Mask = "SigIgn:";
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Mask, StringComparison.Ordinal));
        return (ulong.Parse(line[Mask.Length..].Trim(), NumberStyles.HexNumber) >> (Interrupt - 1) & 1) == 1;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetHandler(int signal, nint handler);
}
