using System.Diagnostics;
using LocalServers.Processes;

namespace FunctionApp.Tests.LocalServers.Processes;

/// <summary>A process that has nothing to do with any server, and runs until it is disposed.</summary>
internal sealed class Bystander : IDisposable
{
    // Both wait for input that never comes.
    private readonly Process process = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "cmd.exe" : "cat") { RedirectStandardInput = true })!;

    public Bystander() => Identity = new(process.Id, process.StartTime.ToUniversalTime());

    public ProcessIdentity Identity { get; }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
