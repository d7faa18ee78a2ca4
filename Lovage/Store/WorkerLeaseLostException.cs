namespace Lovage.Store;

/// <summary>A claim was refused because the worker's own lease is gone: the process was paused longer than the lease lasts.</summary>
internal sealed class WorkerLeaseLostException(WorkerId worker) : Exception($"The lease of worker {worker} has run out.")
{
    public WorkerId Worker { get; } = worker;
}
