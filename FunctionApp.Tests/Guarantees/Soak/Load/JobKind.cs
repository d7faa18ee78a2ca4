namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>What jobs there are.</summary>
internal enum JobKind
{
    /// <summary>Takes up to a twentieth of a second.</summary>
    Quick,

    /// <summary>Takes one to five seconds.</summary>
    Slow,

    /// <summary>Not before some seconds from now.</summary>
    Delayed,

    /// <summary>With arguments of 100 KiB.</summary>
    Large,

    /// <summary>Fails one to three times, then succeeds.</summary>
    Stumbling,

    /// <summary>Fails in each of its two attempts.</summary>
    Failing,

    /// <summary>Fails at once and for good.</summary>
    Rejected,

    /// <summary>Is over before its time comes.</summary>
    Expiring,

    /// <summary>Cancelled by the caller some time later: it may have ended, run, or wait.</summary>
    Cancelled,
}
