namespace FunctionApp.Tests.Guarantees.Soak.Faults;

/// <summary>Where calls fail.</summary>
internal enum FaultSite
{
    /// <summary>A script of the store: every change of a job, and every look for lost ones.</summary>
    Store,

    /// <summary>A send to the queue, as the engine sees it: when the client has used up its tries.</summary>
    Send,

    /// <summary>One HTTP call of a worker process for messages: receive, delete, renew, send. The client tries again.</summary>
    Call,
}
