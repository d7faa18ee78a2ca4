namespace Lovage.Jobs;

/// <summary>What can happen to a job.</summary>
internal enum JobEvent
{
    /// <summary>A worker takes it; a scheduled one only when its time has come.</summary>
    Claim,

    /// <summary>A worker would take it, but its time is over.</summary>
    Expire,

    /// <summary>Its time has come and its doorbell is rung again.</summary>
    Due,

    /// <summary>The body returned.</summary>
    Succeed,

    /// <summary>The body threw, and that was the last attempt.</summary>
    Fail,

    /// <summary>The body threw; another attempt follows after a pause.</summary>
    Retry,

    /// <summary>The body threw; another attempt follows at once.</summary>
    RetryAtOnce,

    /// <summary>The process shuts down before the body has returned.</summary>
    Release,

    /// <summary>The body stopped because it was asked to.</summary>
    Stop,

    /// <summary>Its worker is gone.</summary>
    Reclaim,

    /// <summary>Its worker is gone once too often while it ran alone.</summary>
    Crash,

    /// <summary>Somebody wants it cancelled.</summary>
    Cancel,

    /// <summary>Somebody wants a failed one to run again.</summary>
    Replay,
}
