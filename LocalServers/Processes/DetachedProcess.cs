using System.ComponentModel;
using System.Diagnostics;

namespace LocalServers.Processes;

/// <summary>
/// Starts a program apart from the terminal and from this process: Ctrl+C at the terminal reaches only the app, which still needs its
/// servers to finish its work, and output goes to a file, so that a server whose app was killed does not die of a broken pipe.
/// </summary>
internal static class DetachedProcess
{
    public static ProcessIdentity Start(ServerCommand command, string workingFolder, string logFile)
    {
        var start = OperatingSystem.IsWindows() ? OnWindows(command, logFile) : OnUnix(command, logFile);
        start.WorkingDirectory = workingFolder;
        using var process = Run(start);
        var pid = OperatingSystem.IsMacOS() ? ReadPid(process) : process.Id;
        using var server = pid == process.Id ? null : Process.GetProcessById(pid);
        return new(pid, (server ?? process).StartTime.ToUniversalTime());
    }

    private static Process Run(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new LocalServerException($"'{start.FileName}', which puts a server in the background, could not be run: {e.Message}. Install it.");
        }
    }

    private static ProcessStartInfo OnUnix(ServerCommand command, string logFile)
    {
        // exec keeps the number of the process that was started, so that there is one process and its number is known.
        // macOS has no setsid: there job control gives a process in the background its own group, and its number is read.
        const string InBackground = """set -m; log="$1"; shift; "$@" </dev/null >"$log" 2>&1 & echo $!""";
        const string InPlace = """log="$1"; shift; exec "$@" </dev/null >"$log" 2>&1""";
        var start = OperatingSystem.IsMacOS()
            ? new ProcessStartInfo("/bin/sh", ["-c", InBackground, "sh", logFile])
            : new ProcessStartInfo("setsid", ["/bin/sh", "-c", InPlace, "sh", logFile]);
        // The shell replaces these pipes before the server runs. A child that has none is taken for one that uses the terminal, which is then set up for it.
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.ArgumentList.Add(command.Program);
        foreach (var argument in command.Arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private static ProcessStartInfo OnWindows(ServerCommand command, string logFile)
    {
        string[] words = [command.Program, .. command.Arguments];
        var line = string.Join(' ', words.Select(word => $"\"{word}\""));
        var start = new ProcessStartInfo("cmd.exe") { Arguments = $"/d /s /c \"{line} > \"{logFile}\" 2>&1 < NUL\"", CreateNoWindow = true };
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;
        return start;
    }

    private static int ReadPid(Process shell) =>
        int.TryParse(shell.StandardOutput.ReadLine(), out var pid) ? pid : throw new LocalServerException("The shell did not say which process it started.");
}
