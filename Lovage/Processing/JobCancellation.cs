using Microsoft.Extensions.Logging;

namespace Lovage.Processing;

/// <summary>Fires the tokens of jobs from places that cannot wait for what jobs do then: the thread that renews the lease above all.</summary>
internal static partial class JobCancellation
{
    /// <summary>Fires at once; the callbacks run elsewhere, and what they throw is logged.</summary>
    public static void Fire(CancellationTokenSource source, ILogger logger) => source.CancelAsync().ContinueWith(
        (fired, state) => LogThrew((ILogger)state!, fired.Exception!.InnerException!),
        logger, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    [LoggerMessage(EventIds.CallbackThrew, LogLevel.Warning, "A job's cancellation callback threw")]
    private static partial void LogThrew(ILogger logger, Exception exception);
}
