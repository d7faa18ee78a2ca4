using System.Runtime.InteropServices;

namespace FunctionApp.Hosting;

/// <summary>
/// Ctrl+C and SIGTERM as a token, from before the servers are started until they are stopped: neither ends the process while it has servers to stop.
/// SIGTERM may come twice, from those who send it to a process group and to the process. Only while the host runs is a second Ctrl+C an impatient
/// user's, which ends the process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private volatile bool interruptsAreTheHosts;

    public StopSignal() => registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    public CancellationToken Token => source.Token;

    public Task WaitAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.Token.Register(stopped.SetResult);
        return stopped.Task;
    }

    /// <summary>Until the result is disposed the host alone decides what Ctrl+C does.</summary>
    public IDisposable LeaveInterruptsToHost() => new HostsTurn(this);

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (interruptsAreTheHosts && context.Signal == PosixSignal.SIGINT)
            return;
        context.Cancel = true;
        source.Cancel();
    }

    private sealed class HostsTurn : IDisposable
    {
        private readonly StopSignal signal;

        public HostsTurn(StopSignal signal)
        {
            this.signal = signal;
            signal.interruptsAreTheHosts = true;
        }

        public void Dispose() => signal.interruptsAreTheHosts = false;
    }
}
