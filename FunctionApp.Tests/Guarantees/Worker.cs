using System.Globalization;
using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Workers;

namespace FunctionApp.Tests.Guarantees;

/// <summary>A worker process that is started again whenever it dies, as a supervisor would, until its lives are used up; then it lives on.</summary>
internal sealed class Worker(AppSettings settings, IEnumerable<Life> lives) : IAsyncDisposable
{
    // 128 + SIGKILL.
    private const int Killed = 137;

    private readonly Queue<Life> left = new(lives);
    private AppProcess? process;
    private Life? life;
    private int endedAtStart;

    /// <summary>True when it has died of all that was planned for it.</summary>
    public bool IsOnLastLife => life is null && left.Count == 0;

    /// <summary>The most memory that any of its lives had resident.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Looks after it once.</summary>
    /// <param name="ended">How many jobs of the run have ended.</param>
    public async Task TendAsync(int ended)
    {
        if (process is null)
        {
            Start(ended);
            return;
        }
        Measure(process);
        if (life is { Point: null } && ended - endedAtStart >= life.Count)
            await process.KillAsync();
        if (!process.HasExited)
            return;
        var code = await process.WaitForExitAsync();
        if (life is null || code != Killed)
            Assert.Fail($"A worker ended with {code} (planned: {life}):\n{string.Join('\n', [.. process.Output, .. process.Errors])}");
        await process.DisposeAsync();
        Start(ended);
    }

    public async Task StopAsync()
    {
        // Its first line: before it the process heeds no signal yet, and one that was started a moment ago would just die of it.
        await process!.WaitForLineAsync("Redis ");
        process.SendTerminate();
        // 130: it was told to stop before it had come so far as to run jobs.
        Assert.Contains(await process.WaitForExitAsync(), (int[])[0, 130]);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private void Start(int ended)
    {
        endedAtStart = ended;
        life = left.TryDequeue(out var next) ? next : null;
        var own = settings.WithWorkerJobs();
        if (life?.Point is { } point)
            own = own.With(WorkerHook.DieAt, $"{point}:{life.Count}");
        if (life?.Point is DeathPoint.PoisonCopied)
            own = own.With("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "1");
        process = AppProcess.Start(own);
    }

    private void Measure(AppProcess measured)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            var line = File.ReadLines($"/proc/{measured.Pid}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            if (line is not null)
                PeakBytes = Math.Max(PeakBytes, 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It has just died.
        }
    }
}
