using System.Diagnostics;
using LocalServers.Processes;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>The app, running as a process of its own. Disposing kills what is left of it, and of the servers that it started.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string dataFolder;
    private readonly AppOutput output = new();
    private readonly AppOutput errors = new();

    private AppProcess(Process process, string dataFolder)
    {
        (this.process, this.dataFolder) = (process, dataFolder);
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data);
        AppDomain.CurrentDomain.ProcessExit += OnTestsEnded;
        process.StartInfo.RedirectStandardInput = true;
        Signals.StartHeeding(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Output => output.Lines;

    public IReadOnlyList<string> Errors => errors.Lines;

    /// <summary>What it reads.</summary>
    public StreamWriter Input => process.StandardInput;

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    private string Everything => string.Join(Environment.NewLine, ["output:", .. Output, "errors:", .. Errors]);

    /// <summary>Starts it on a free port, without waiting for anything.</summary>
    public static AppProcess Start(AppSettings settings, params string[] arguments) => StartIn(AppProgram.Folder, settings, ["--port", "0", .. arguments]);

    /// <summary>Starts it with exactly these arguments.</summary>
    public static AppProcess StartIn(string folder, AppSettings settings, params string[] arguments)
    {
        var start = AppProgram.StartInfo(folder, arguments);
        foreach (var (name, value) in settings.Variables)
            start.Environment[name] = value;
        return new(new() { StartInfo = start }, settings.DataFolder);
    }

    /// <summary>Starts it on a free port, and waits until it answers there.</summary>
    public static async Task<(AppProcess Process, AppClient Client)> StartAndListenAsync(AppSettings settings, params string[] arguments)
    {
        var app = Start(settings, arguments);
        try
        {
            return (app, await app.ListensAsync());
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has started, and gives a client of it.</summary>
    public async Task<AppClient> ListensAsync()
    {
        var line = await WaitForLineAsync("Listening on ");
        return new(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].TrimEnd('.')));
    }

    /// <summary>Waits for a line of its output; a failure shows all that it wrote.</summary>
    public Task<string> WaitForLineAsync(string text) => WaitForAsync(output, text);

    /// <summary>Waits for a line of its errors; a failure shows all that it wrote.</summary>
    public Task<string> WaitForErrorAsync(string text) => WaitForAsync(errors, text);

    /// <summary>Waits until it has ended and all its output is here.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"It did not end within {Limits.Signal.TotalSeconds} s.{Environment.NewLine}{Everything}", e);
        }
    }

    /// <summary>What Ctrl+C sends.</summary>
    public void SendInterrupt() => Signals.SendInterrupt(process);

    public void SendTerminate() => Signals.SendTerminate(process);

    /// <summary>Kill −9: it can do nothing about it.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnTestsEnded;
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        foreach (var server in Servers())
        {
            ProcessSignal.End(server);
            await server.WaitForEndAsync(Limits.Signal, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>The servers that it started and did not stop, as it wrote them down.</summary>
    public IReadOnlyList<ProcessIdentity> Servers() =>
        [.. Directory.EnumerateFiles(dataFolder, "*.json").Select(ServerState.Read).OfType<ServerState>().Select(state => state.Server)];

    private async Task<string> WaitForAsync(AppOutput lines, string text)
    {
        try
        {
            return await lines.WaitForAsync(text, Limits.Signal);
        }
        catch (Exception e) when (e is TimeoutException or EndOfStreamException)
        {
            throw new InvalidOperationException($"{e.Message}{Environment.NewLine}{Everything}", e);
        }
    }

    private void OnTestsEnded(object? sender, EventArgs e)
    {
        if (!process.HasExited)
            process.Kill();
    }
}
