using EmbeddedHost.Invocation;
using EmbeddedHost.Queues;
using EmbeddedHost.Timers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting;

/// <summary>
/// Stops as the stock host does: nothing new is taken, what runs may finish, then all tokens fire together, and what is still unfinished a few seconds
/// later is given back.
/// <para>
/// <c>ApplicationStopping</c> fires after the drain, together with the tokens, as on the stock host: code that listens to it to give up its work would
/// otherwise give up before the drain, here only. If the app itself calls <c>StopApplication()</c> it fires at once, which nobody can prevent; the
/// invocations' tokens still wait for the end of the drain.
/// </para>
/// </summary>
internal sealed partial class GracefulStop(
    IServer server,
    QueueListeners queues,
    TimerLoops timers,
    RunningInvocations running,
    IHostApplicationLifetime lifetime,
    EmbeddedHostOptions options,
    TimeProvider clock,
    ILogger<GracefulStop> logger) : IDisposable
{
    // For the last calls to the queue service, which may be away.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock sync = new();
    private readonly CancellationTokenSource abortRequests = new();
    private Task? drain;
    private Task serverStop = Task.CompletedTask;

    /// <summary>Takes nothing new and lets what runs finish; then fires all tokens. Once, whoever asks.</summary>
    /// <param name="hurry">Ends the wait early; of the first who asks.</param>
    public Task DrainAsync(CancellationToken hurry)
    {
        lock (sync)
            return drain ??= DrainOnceAsync(hurry);
    }

    /// <summary>Waits for what heeds its token and gives the rest back.</summary>
    public async Task FinishAsync(CancellationToken hurry)
    {
        using var timeout = new CancellationTokenSource(options.CancelTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, hurry);
        await running.WhenIdle().WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Count > 0)
            LogAbandoned(logger, running.Count);

        using var limit = new CancellationTokenSource(ReleaseTimeout, clock);
        await queues.ReleaseAsync(limit.Token);

        // A function that has returned may have bytes of its answer still on their way.
        await serverStop.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await abortRequests.CancelAsync();
        await serverStop;
    }

    public void Dispose() => abortRequests.Dispose();

    private async Task DrainOnceAsync(CancellationToken hurry)
    {
        // Closes the door at once; requests that are in go on until the token fires.
        serverStop = server.StopAsync(abortRequests.Token);
        using var timeout = new CancellationTokenSource(options.DrainTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, hurry);
        await queues.StopReceivingAsync();
        await timers.StopAsync();
        LogDraining(logger, running.Count, options.DrainTimeout);
        await running.WhenIdle().WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Count > 0)
            LogCancelling(logger, running.Count, options.CancelTimeout);

        try
        {
            await running.CancelAsync();
        }
        catch (AggregateException exception)
        {
            // Thrown by a function's own callback. Nothing may keep the host from stopping.
            LogCallbackThrew(logger, exception);
        }

        lifetime.StopApplication();
    }

    [LoggerMessage(EventIds.Hosting + 1, LogLevel.Information, "Stopping: nothing new is taken. Running: {Running}; they have {DrainTimeout} to finish.")]
    private static partial void LogDraining(ILogger logger, int running, TimeSpan drainTimeout);

    [LoggerMessage(EventIds.Hosting + 2, LogLevel.Information, "Still running: {Running}. Their tokens fire now; they have {CancelTimeout} to end.")]
    private static partial void LogCancelling(ILogger logger, int running, TimeSpan cancelTimeout);

    [LoggerMessage(EventIds.Hosting + 8, LogLevel.Warning, "A function's cancellation callback threw.")]
    private static partial void LogCallbackThrew(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Hosting + 3, LogLevel.Warning, "Abandoned although their tokens fired: {Running}. Their messages are given back.")]
    private static partial void LogAbandoned(ILogger logger, int running);
}
