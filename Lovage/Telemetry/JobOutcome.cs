using Lovage.Jobs;
using Lovage.Store;

namespace Lovage.Telemetry;

/// <summary>The words for how a run ended.</summary>
internal static class JobOutcome
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Retried = "retried";
    public const string Cancelled = "cancelled";
    public const string Expired = "expired";
    public const string Released = "released";

    /// <summary>The job had been taken back from this worker; the end of its run changed nothing.</summary>
    public const string Lost = "lost";

    /// <summary>As the run itself saw it.</summary>
    public static string Of(Settlement settlement) => settlement.Event switch
    {
        JobEvent.Succeed => Succeeded,
        JobEvent.Fail => Failed,
        JobEvent.Stop => Cancelled,
        JobEvent.Release => Released,
        _ => Retried,
    };

    /// <summary>As the store recorded it: a job that was to be cancelled is not tried again.</summary>
    public static string Of(Settlement settlement, JobState? recorded) => recorded switch
    {
        null => Lost,
        JobState.Cancelled => Cancelled,
        _ => Of(settlement),
    };
}
