using System.Text;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Client;

/// <content>Jobs that an app's own database holds until they are enqueued.</content>
public sealed partial class JobClient
{
    /// <summary>Checks a job at the door and makes its text: a message of one job, as <c>docs/message-format.md</c> has it, however large.</summary>
    internal (JobId Id, string Message) Hold(JobRequest request)
    {
        var job = admission.Admit(request);
        if (job.Idempotency is not null)
            throw new ArgumentException("A held job takes no idempotency key: what must be there once, a unique index of the database says.");
        var now = time.GetUtcNow();
        // From now, not from when it is enqueued: a relay that is late makes nothing later than need be.
        job = job with { NotBefore = now + job.Delay ?? job.NotBefore, Expires = now + job.ExpiresAfter ?? job.Expires };
        return (job.Id, Encoding.UTF8.GetString(MessageWriter.WriteHeld(job).Span));
    }

    /// <summary>Enqueues jobs that were held. Harmless when repeated: a job that is recorded already is rung once more, and one that ended and was trimmed stays so.</summary>
    /// <exception cref="JobStoreUnavailableException">Some may have been recorded.</exception>
    internal async Task EnqueueHeldAsync(IEnumerable<JobEnvelope> held, CancellationToken cancellation) =>
        // Like a message that is recorded: it leaves a tombstone, so that the text cannot bring it back.
        await RecordAsync([.. held.Select(job => job with { Origin = JobOrigin.Message })], cancellation).ConfigureAwait(false);
}
