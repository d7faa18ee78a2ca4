using LocalServers;

namespace FunctionApp.Tests.LocalServers.Processes;

/// <summary>Programs of a test's own, found instead of the machine's: what is not added here is not installed.</summary>
internal sealed class FakePrograms(string folder)
{
    public string Folder => folder;

    /// <summary>Adds a shell script.</summary>
    public void Add(string name, string script)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The programs of this test are shell scripts.");
        var file = Path.Combine(folder, name);
        // A script's own commands come from the system.
        File.WriteAllText(file, $"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public LocalServerOptions Options() => new() { SearchPath = folder };
}
