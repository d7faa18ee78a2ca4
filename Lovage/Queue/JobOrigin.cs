namespace Lovage.Queue;

/// <summary>From what a job's record is made.</summary>
internal enum JobOrigin
{
    /// <summary>From a caller's wish.</summary>
    Client,

    /// <summary>From the message of another program: nobody has recorded the job before.</summary>
    Message,

    /// <summary>From its message, because its record went with its store: it may have run before.</summary>
    Rebuilt,
}
