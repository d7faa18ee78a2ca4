using Lovage.Client;
using Lovage.Jobs;

namespace FunctionApp.Http;

/// <summary>The state in which a job begins.</summary>
internal static class FirstState
{
    public static JobState Of(EnqueueOptions options, TimeProvider time) =>
        options.Delay > TimeSpan.Zero || options.NotBefore > time.GetUtcNow() ? JobState.Scheduled : JobState.Queued;
}
