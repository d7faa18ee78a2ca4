namespace Lovage.Processing;

/// <summary>Why a body's token has fired.</summary>
internal enum StopCause
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>Somebody wants the job cancelled.</summary>
    Cancelled,

    /// <summary>The process shuts down, or has lost its lease.</summary>
    Shutdown,

    /// <summary>The job's soft time limit is over.</summary>
    TimeLimit,
}
