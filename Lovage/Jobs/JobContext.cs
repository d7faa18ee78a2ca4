using Lovage.Store;

namespace Lovage.Jobs;

/// <summary>
/// What a job's body may know of its own run. Take it as a parameter of the job, inject it into a scoped service, or read
/// <see cref="IJobContextAccessor"/>; all three give the same object, also in work that the job fans out. Safe to share between threads.
/// </summary>
public sealed class JobContext
{
    private readonly IJobStore store;

    internal JobContext(JobClaim claim, string name, IReadOnlyDictionary<string, string> headers, IJobStore store, CancellationToken cancellation) =>
        (Claim, Name, Headers, this.store, Cancellation) = (claim, name, headers, store, cancellation);

    /// <summary>The job's id: the same in every attempt.</summary>
    public JobId Id => Claim.Job;

    /// <summary>The job's name, as in <see cref="JobAttribute"/>, also where it was enqueued by an alias.</summary>
    public string Name { get; }

    /// <summary>1 in the first attempt. A run that was cut short by a crash or a shutdown uses no attempt.</summary>
    public int Attempt => Claim.Attempt;

    /// <summary>What the enqueuer sent beside the arguments. Empty unless it did.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Fires when the process shuts down, or when it no longer owns the job. A job that ends because of it runs again elsewhere.</summary>
    public CancellationToken Cancellation { get; }

    internal JobClaim Claim { get; }

    /// <summary>Tells callers how far the job is: they read it with the job. The latest report wins; each costs one round trip to the store.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <param name="message">A few words for people, or null. 500 characters at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">Percent is outside 0 to 100, or the message is longer than 500 characters.</exception>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public Task ReportProgressAsync(double percent, string? message = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message?.Length ?? 0, 500, nameof(message));
        return store.ReportProgressAsync(Claim, new(percent, message), Cancellation);
    }
}
