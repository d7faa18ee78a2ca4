namespace Lovage.Store.Redis;

/// <summary>This process as the store knows it.</summary>
/// <param name="Worker">The identity under which it claims.</param>
/// <param name="Lost">Fires when the lease has run out: others may run its jobs from now on.</param>
internal sealed record HeldLease(WorkerId Worker, CancellationToken Lost);
