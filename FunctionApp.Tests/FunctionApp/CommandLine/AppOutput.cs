namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>The lines that a process writes, as they come.</summary>
internal sealed class AppOutput
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool ended;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
                return [.. lines];
        }
    }

    /// <summary>Adds a line; null ends the output.</summary>
    public void Add(string? line)
    {
        lock (gate)
        {
            if (line is null)
                ended = true;
            else
                lines.Add(line);
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The first line with this text in it, whether it has come already or is to come.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    /// <exception cref="EndOfStreamException">It can no longer come.</exception>
    public async Task<string> WaitForAsync(string text, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                    return found;
                if (ended)
                    throw new EndOfStreamException($"The output ended without '{text}'.");
                next = changed.Task;
            }
            await next.WaitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (timeout.IsCancellationRequested)
                throw new TimeoutException($"No line with '{text}' came within {limit.TotalSeconds} s.");
        }
    }
}
