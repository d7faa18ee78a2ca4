using FunctionApp.Tests.Guarantees.Soak.Load;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>What is counted of the jobs.</summary>
internal sealed class SoakFigures
{
    private readonly Lock gate = new();
    private readonly Dictionary<(JobKind Kind, JobState State), int> ends = [];
    private readonly Dictionary<JobKind, List<double>> seconds = [];
    private int doubtsThatExist;
    private int doubtsThatDoNot;
    private int readAgain;
    private int readTooLate;
    private int unanswered;

    public IReadOnlyDictionary<(JobKind Kind, JobState State), int> Ends => ends;

    public int Ended => ends.Values.Sum();

    /// <summary>Jobs whose enqueueing failed for the caller, and that were recorded all the same, or were not.</summary>
    public (int Exist, int DoNot) Doubts => (doubtsThatExist, doubtsThatDoNot);

    /// <summary>Ends that were read a second time, and those whose retention was over before that.</summary>
    public (int Read, int TooLate) ReadAgain => (readAgain, readTooLate);

    /// <summary>Rounds of reading that the store did not answer.</summary>
    public int Unanswered => unanswered;

    /// <summary>From enqueueing to the end, by the store's clock.</summary>
    /// <param name="kind">Jobs of this kind.</param>
    /// <param name="share">0.5 is the median.</param>
    public double SecondsOf(JobKind kind, double share)
    {
        var sorted = seconds.GetValueOrDefault(kind, []).Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }

    public void AddEnd(JobKind kind, JobRecord record)
    {
        lock (gate)
        {
            ends[(kind, record.State)] = ends.GetValueOrDefault((kind, record.State)) + 1;
            if (!seconds.TryGetValue(kind, out var all))
                seconds[kind] = all = [];
            all.Add((record.FinishedAt!.Value - record.EnqueuedAt).TotalSeconds);
        }
    }

    public void AddDoubt(bool exists)
    {
        lock (gate)
            _ = exists ? doubtsThatExist++ : doubtsThatDoNot++;
    }

    public void AddReadAgain(bool isThere)
    {
        lock (gate)
            _ = isThere ? readAgain++ : readTooLate++;
    }

    public void AddUnanswered()
    {
        lock (gate)
            unanswered++;
    }
}
