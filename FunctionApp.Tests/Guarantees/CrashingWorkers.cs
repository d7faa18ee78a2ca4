using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Guarantees;

/// <summary>Worker processes that are started again however they end.</summary>
internal sealed class CrashingWorkers(AppSettings settings, int count) : IAsyncDisposable
{
    private readonly AppProcess?[] workers = new AppProcess?[count];

    /// <summary>How many have ended by themselves.</summary>
    public int Crashes { get; private set; }

    public async Task TendAsync()
    {
        for (var i = 0; i < workers.Length; i++)
        {
            if (workers[i] is { HasExited: false })
                continue;
            if (workers[i] is { } crashed)
            {
                Crashes++;
                await crashed.DisposeAsync();
            }
            workers[i] = AppProcess.Start(settings.WithWorkerJobs());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers.OfType<AppProcess>())
            await worker.DisposeAsync();
    }
}
