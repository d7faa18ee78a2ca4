namespace FunctionApp.Tests.Guarantees.Workers;

/// <summary>Where a worker process dies, each between two writes that belong together.</summary>
internal enum DeathPoint
{
    /// <summary>A message was received; none of its jobs is claimed.</summary>
    Received,

    /// <summary>Jobs were claimed; none has begun.</summary>
    Claimed,

    /// <summary>In the middle of a job's body.</summary>
    Running,

    /// <summary>A job was settled, others of its message run.</summary>
    MidPack,

    /// <summary>All jobs of a message were settled; it is about to be deleted.</summary>
    Settled,

    /// <summary>A message was copied to the poison queue and not yet deleted from its own.</summary>
    PoisonCopied,

    /// <summary>Jobs were committed with an app's rows; they are not enqueued yet.</summary>
    Committed,

    /// <summary>They are enqueued; their rows are not deleted yet.</summary>
    Relayed,
}
