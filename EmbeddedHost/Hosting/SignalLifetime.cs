using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting;

/// <summary>Drains on Ctrl+C and SIGTERM, and only then lets the application stop. A second Ctrl+C ends the process at once.</summary>
internal sealed class SignalLifetime(IServiceProvider services) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private Task drain = Task.CompletedTask;
    private int signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM])
            registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => drain;

    public void Dispose() => registrations.ForEach(r => r.Dispose());

    internal void OnSignal(PosixSignalContext context)
    {
        var first = Interlocked.Increment(ref signals) == 1;

        // SIGTERM may come twice without impatience: who signals a group reaches the app, and dotnet run, which passes it on.
        context.Cancel = first || context.Signal == PosixSignal.SIGTERM;
        if (!first)
            return;

        // Resolved late: the drain knows the server, and the host makes its lifetime before that.
        drain = Task.Run(() => services.GetRequiredService<GracefulStop>().DrainAsync(CancellationToken.None));
    }
}
