using System.Security.Cryptography;
using System.Text;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Logging;

namespace Lovage.Processing;

/// <summary>Makes dead letters of what cannot be read, so that nothing vanishes without a reason.</summary>
internal sealed partial class Undertaker(RedisDeadLetters deadLetters, ILogger<Undertaker> logger)
{
    private const string UnreadableName = "(unreadable)";

    /// <summary>Reads a message.</summary>
    /// <returns>The jobs that can be run; the others are dead letters now.</returns>
    public async Task<IReadOnlyList<JobEnvelope>> ReadAsync(string message, CancellationToken cancellation)
    {
        QueueMessageContent content;
        try
        {
            content = MessageReader.Read(message);
        }
        catch (MessageFormatException e)
        {
            content = new([], [new(message, e)]);
        }
        foreach (var job in content.Unreadable)
            await BuryAsync(job, cancellation).ConfigureAwait(false);
        return content.Jobs;
    }

    private async Task BuryAsync(UnreadableJob job, CancellationToken cancellation)
    {
        var id = IdOf(job.Text);
        await deadLetters.BuryAsync(new(id, UnreadableName, job.Text, FailureReason.Unreadable, JobError.Of(job.Error)), cancellation).ConfigureAwait(false);
        LogBuried(id, job.Error.Message);
    }

    // Made from the text: the same message delivered twice is one dead letter.
    private static JobId IdOf(string text) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)));

    [LoggerMessage(EventIds.MessageBuried, LogLevel.Error, "A message that cannot be read is kept as dead letter {Id}: {Error}")]
    private partial void LogBuried(JobId id, string error);
}
