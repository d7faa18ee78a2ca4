using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Soak.Faults;
using FunctionApp.Tests.Guarantees.Soak.Memory;

namespace FunctionApp.Tests.Guarantees.Soak.Chaos;

/// <summary>One place for a worker process, and the processes that have it one after the other.</summary>
internal sealed class SoakWorker(string name, AppSettings settings, string faultFolder, Random random, WorkerLog log) : IAsyncDisposable
{
    // The app looks for its local servers before anything else, and waits two seconds for an answer.
    private const string NoAnswer = "gave no answer within";

    // One loop ends and starts processes; others look at them meanwhile.
    private readonly Lock gate = new();
    private AppProcess? process;
    private bool mayEnd;
    private int life;

    /// <summary>The process that has the place now, by name and number, and where it writes what it holds; null while there is none.</summary>
    public (string Name, int Pid, string HeapFile)? Current
    {
        get
        {
            lock (gate)
                return process is { HasExited: false } ? ($"{name}, life {life}", process.Pid, HeapFile(life)) : null;
        }
    }

    /// <summary>Starts a process, and waits until it listens. One that found Azurite too busy to answer is started again, as a supervisor would.</summary>
    public async Task StartAsync()
    {
        while (true)
        {
            Begin();
            try
            {
                using var client = await process!.ListensAsync();
                mayEnd = false;
                return;
            }
            catch (InvalidOperationException e) when (e.InnerException is EndOfStreamException && e.Message.Contains(NoAnswer, StringComparison.Ordinal))
            {
                await EndAsync();
            }
        }
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
        lock (gate)
        {
            if (process is { HasExited: true } && !mayEnd)
                Assert.Fail($"{name}, life {life}, ended by itself:\n{Output(process)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private void Begin()
    {
        var file = Path.Combine(faultFolder, $"{name}-{life + 1}".Replace(' ', '-'));
        var started = AppProcess.Start(settings.With(SoakHook.Faults, FaultSource.Tell(random.Next(), file)).With(LiveHeap.Variable, HeapFile(life + 1)));
        lock (gate)
            (process, life, mayEnd) = (started, life + 1, true);
    }

    private string HeapFile(int ofLife) => Path.Combine(settings.DataFolder, $"{name}-{ofLife}.heap".Replace(' ', '-'));

    private async Task EndAsync()
    {
        var ended = process!;
        lock (gate)
            process = null;
        log.Add(ended.Output);
        await ended.DisposeAsync();
    }

    private static string Output(AppProcess ended) => string.Join('\n', [.. ended.Output.TakeLast(100), .. ended.Errors.TakeLast(100)]);
}
