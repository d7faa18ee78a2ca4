namespace Microsoft.Azure.Functions.Worker;

/// <summary>The occurrences around a run of a timer function, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The previous run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The occurrence that is now running.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was written.</summary>
    public DateTime LastUpdated { get; set; }
}
