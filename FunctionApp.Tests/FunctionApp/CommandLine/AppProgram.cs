using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>The built app, as <c>dotnet run</c> would start it.</summary>
internal static class AppProgram
{
    private const string Name = "FunctionApp";

    // Build output lies side by side, by project and configuration: …/bin/FunctionApp.Tests/debug and …/bin/FunctionApp/debug.
    public static string Folder { get; } = Beside(new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    // The one that runs these tests, found without PATH, which some of them empty.
    private static string Dotnet { get; } = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>How to start it.</summary>
    /// <param name="folder">Where it lies: <see cref="Folder"/> or a <see cref="Copy"/>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="program">Which one.</param>
    public static ProcessStartInfo StartInfo(string folder, IEnumerable<string> arguments, string program = Name) =>
        new(Dotnet, [Path.Combine(folder, $"{program}.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };

    /// <summary>Copies it, for those who change a file of it.</summary>
    public static string Copy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return folder;
    }

    private static string Beside(DirectoryInfo tests) => Path.Combine(tests.Parent!.Parent!.FullName, Name, tests.Name);
}
