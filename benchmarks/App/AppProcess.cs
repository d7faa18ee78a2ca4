using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Benchmarks.App;

/// <summary>The built app as a process of its own, as it is started without services. Disposing ends it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private const string Name = "FunctionApp";

    private readonly Process process;
    private readonly AppOutput output;

    private AppProcess(Process process)
    {
        this.process = process;
        AppDomain.CurrentDomain.ProcessExit += End;
        output = new(process.StandardOutput.BaseStream, process.StandardError.BaseStream);
    }

    public int Pid => process.Id;

    /// <exception cref="BenchmarkException">It has ended.</exception>
    public void AssertRuns()
    {
        if (process.HasExited)
            throw new BenchmarkException($"The app ended with {process.ExitCode}.{Environment.NewLine}{output.Errors}");
    }

    /// <summary>What it wrote last.</summary>
    public string LastOutput => output.Last;

    public static AppProcess Start(AppSettings settings)
    {
        var start = new ProcessStartInfo(Dotnet, [Path.Combine(Folder, $"{Name}.dll"), "--no-services", "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Variables())
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<(AppProcess App, Uri Address)> StartAndListenAsync(AppSettings settings, CancellationToken cancellation)
    {
        var app = Start(settings);
        try
        {
            return (app, await app.output.Address.WaitAsync(cancellation));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        End(null, EventArgs.Empty);
        await process.WaitForExitAsync();
        await output.EndAsync();
        process.Dispose();
    }

    // Build output lies side by side, by project and configuration: …/bin/Benchmarks/release and …/bin/FunctionApp/release.
    private static string Folder
    {
        get
        {
            var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(own.Parent!.Parent!.FullName, Name, own.Name);
        }
    }

    private static string Dotnet => Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private void End(object? sender, EventArgs e)
    {
        if (!process.HasExited)
            process.Kill();
    }
}
