using Lovage.Queue;

namespace Lovage.Processing;

/// <summary>Where the jobs of one message are while it is processed.</summary>
internal sealed class MessageVisit
{
    /// <summary>Not asked for yet.</summary>
    public Queue<JobEnvelope> Waiting { get; } = [];

    public List<JobBatch> Running { get; } = [];

    public List<(JobEnvelope Job, TimeSpan Delay)> Later { get; } = [];

    public List<JobEnvelope> Alone { get; } = [];

    public JobEnvelope[] Next(int count) => [.. Waiting.Take(count)];

    /// <summary>Notes what became of the next so many.</summary>
    public void Take(int count, ClaimOutcome outcome)
    {
        for (var i = 0; i < count; i++)
            Waiting.Dequeue();
        Later.AddRange(outcome.Later);
        Alone.AddRange(outcome.Alone);
    }
}
