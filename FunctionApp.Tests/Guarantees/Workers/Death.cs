using System.Diagnostics;

namespace FunctionApp.Tests.Guarantees.Workers;

/// <summary>Kills this process with SIGKILL when it passes a point for the n-th time: no handler, no <c>finally</c>, no last words.</summary>
internal sealed class Death
{
    private readonly DeathPoint? point;
    private int left;

    private Death(DeathPoint? point, int passes) => (this.point, left) = (point, passes);

    /// <param name="text">The point and which pass of it, <c>Claimed:3</c>; null for a process that is not to die.</param>
    public static Death Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new(null, 0);
        var parts = text.Split(':');
        return new(Enum.Parse<DeathPoint>(parts[0]), int.Parse(parts[1]));
    }

    public bool IsAt(DeathPoint asked) => asked == point;

    public void Pass(DeathPoint passed)
    {
        if (passed != point || Interlocked.Decrement(ref left) != 0)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // Not one step further, however long the signal takes.
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }
}
