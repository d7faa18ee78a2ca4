namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told about its schedule.</summary>
public class TimerInfo
{
    /// <summary>The occurrences around this run; null for schedules under a minute or without monitoring.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether the occurrence was due earlier.</summary>
    public bool IsPastDue { get; set; }
}
