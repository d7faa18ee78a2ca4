using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Soak.Faults;

namespace FunctionApp.Tests.Guarantees.Soak.Chaos;

/// <summary>One place for a worker process, and the processes that have it one after the other.</summary>
internal sealed class SoakWorker(string name, AppSettings settings, string faultFolder, Random random, WorkerLog log) : IAsyncDisposable
{
    private AppProcess? process;
    private bool mayEnd;
    private int life;

    /// <summary>The process that has the place now, by name and number; null while there is none.</summary>
    public (string Name, int Pid)? Current => process is { HasExited: false } ? ($"{name}, life {life}", process.Pid) : null;

    public void Start()
    {
        life++;
        mayEnd = false;
        var file = Path.Combine(faultFolder, $"{name}-{life}".Replace(' ', '-'));
        process = AppProcess.Start(settings.With(SoakHook.Faults, FaultSource.Tell(random.Next(), file)));
    }

    public async Task KillAsync()
    {
        mayEnd = true;
        await process!.KillAsync();
        await EndAsync();
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task StopAsync()
    {
        mayEnd = true;
        process!.SendTerminate();
        var code = await process.WaitForExitAsync();
        Assert.True(code == 0, $"{name}, life {life}, ended with {code} when it was asked to:\n{Output(process)}");
        await EndAsync();
    }

    /// <summary>Holds it where it is, and lets it go on.</summary>
    public async Task PauseAsync(TimeSpan length, CancellationToken over)
    {
        Pause.Begin(process!);
        try
        {
            await Task.Delay(length, TimeProvider.System, over);
        }
        finally
        {
            Pause.End(process!);
        }
    }

    /// <summary>Nothing in these tests ends a process by itself: if one has, it is a defect.</summary>
    public void MustLive()
    {
        if (process is { HasExited: true } dead && !mayEnd)
            Assert.Fail($"{name}, life {life}, ended by itself:\n{Output(dead)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private async Task EndAsync()
    {
        log.Add(process!.Output);
        await process.DisposeAsync();
        process = null;
    }

    private static string Output(AppProcess ended) => string.Join('\n', [.. ended.Output.TakeLast(100), .. ended.Errors.TakeLast(100)]);
}
