using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LocalServers.Processes;

/// <summary>Asks a process to end, or ends it.</summary>
internal static partial class ProcessSignal
{
    private const int Terminate = 15;

    /// <summary>Asks: Azurite then saves its tables, and Redis its file. Windows has no such signal: there it ends at once.</summary>
    public static void AskToEnd(ProcessIdentity process)
    {
        if (OperatingSystem.IsWindows()) End(process);
        else if (process.IsAlive()) _ = SendSignal(process.Pid, Terminate);
    }

    /// <summary>Ends it without asking. Does nothing if it is gone, or if its number belongs to another process now.</summary>
    public static void End(ProcessIdentity process)
    {
        if (!process.IsAlive()) return;
        try
        {
            using var running = Process.GetProcessById(process.Pid);
            // On Windows it is the shell that writes the log, with the server below it.
            running.Kill(entireProcessTree: OperatingSystem.IsWindows());
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
