using System.Diagnostics;

namespace LocalServers.Processes;

/// <summary>One process, told apart from later ones that were given the same number.</summary>
/// <param name="Pid">The number the system gave it.</param>
/// <param name="StartTime">When it started.</param>
internal sealed record ProcessIdentity(int Pid, DateTimeOffset StartTime)
{
    // The system counts from its boot and .NET adds the boot's wall time, which moves a little with each correction of the clock.
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(2);

    /// <summary>This process.</summary>
    public static ProcessIdentity Current()
    {
        using var process = Process.GetCurrentProcess();
        return new(process.Id, process.StartTime.ToUniversalTime());
    }

    /// <summary>Whether it still runs: a process of the same number that started at another time is a stranger.</summary>
    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            return !process.HasExited && !IsZombie() && (process.StartTime.ToUniversalTime() - StartTime).Duration() <= Drift;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // No such process; or it ended between the questions; or it is one that we may not even look at, so not ours.
            return false;
        }
    }

    // In a container whose first process does not collect orphans, an ended one keeps its number for ever.
    private bool IsZombie()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{Pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] == 'Z';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>False if it still ran when the limit was over.</returns>
    public async Task<bool> WaitForEndAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (IsAlive())
        {
            if (clock.GetElapsedTime(started) >= limit) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        }

        return true;
    }
}
