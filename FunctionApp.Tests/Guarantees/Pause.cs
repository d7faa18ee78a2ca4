using System.Runtime.InteropServices;
using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Guarantees;

/// <summary>Stops a process where it is and lets it go on later: a virtual machine that is moved, a laptop that sleeps.</summary>
internal static class Pause
{
    private const int Continue = 18;
    private const int Stop = 19;

    public static void Begin(AppProcess process) => Send(process, Stop);

    public static void End(AppProcess process) => Send(process, Continue);

    private static void Send(AppProcess process, int signal)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The numbers of these signals are Linux's.");
        Assert.Equal(0, SendSignal(process.Pid, signal));
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
