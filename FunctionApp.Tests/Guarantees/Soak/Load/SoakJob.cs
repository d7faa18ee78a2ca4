using System.Text;
using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>One job of the load, and how it has to end.</summary>
internal sealed class SoakJob
{
    private readonly string name;
    private readonly object arguments;
    private readonly EnqueueOptions options = new();
    private readonly int failures;

    public SoakJob(JobKind kind, int number, Random random)
    {
        (Kind, Number) = (kind, number);
        failures = random.Next(1, 4);
        (name, arguments) = kind switch
        {
            JobKind.Slow => Wait(random.Next(1_000, 5_000)),
            JobKind.Cancelled => Wait(random.Next(2_000)),
            JobKind.Large => ("soak.read", new { number, text = Text(number) }),
            JobKind.Stumbling => ("soak.stumble", new { number, failures }),
            JobKind.Failing => ("soak.fail", new { }),
            JobKind.Rejected => ("soak.reject", new { }),
            _ => Wait(random.Next(50)),
        };
        if (kind is JobKind.Delayed || (kind is JobKind.Cancelled && random.Next(2) == 0))
            options = new() { Delay = TimeSpan.FromMilliseconds(random.Next(1_000, 10_000)) };
        else if (kind is JobKind.Expiring)
            options = new() { Delay = TimeSpan.FromSeconds(3), ExpiresAfter = TimeSpan.FromSeconds(2) };
    }

    public JobKind Kind { get; }

    public int Number { get; }

    public JobRequest Request => JobRequest.Of(name, JsonSerializer.SerializeToElement(arguments), options);

    /// <summary>Set before the caller asks for it: from then on it may end as cancelled.</summary>
    public bool CancelAsked { get; set; }

    /// <summary>The caller has heard that it is cancelled: it cannot end otherwise.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>100 KiB that no other number has.</summary>
    public static string Text(int number) => string.Concat(Enumerable.Repeat($"{number,16}", 100 * 1024 / 16));

    /// <summary>What is wrong with its end; null if nothing is.</summary>
    public string? Fault(JobRecord record)
    {
        var result = record.Result is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
        var (state, reason, attempt, failed) = Expected(record.State);
        if ((state, reason) != (record.State, record.Reason))
            return $"{state} {reason} is expected.";
        if (attempt != record.Attempt || failed != record.History.Count)
            return $"attempt {attempt} after {failed} failed ones is expected; there are {record.History.Count}.";
        if (result != (state is JobState.Succeeded ? $"{Number}" : null))
            return $"its number is {Number}, its result {result}.";
        if (state is JobState.Succeeded && record.StartedAt - record.EnqueuedAt < options.Delay)
            return $"it began {record.StartedAt - record.EnqueuedAt} after it was enqueued, with a delay of {options.Delay}.";
        return state is JobState.Expired && record.StartedAt is not null ? "it was over before its time, and began." : null;
    }

    private (string, object) Wait(int milliseconds) => ("soak.wait", new { number = Number, milliseconds });

    private (JobState State, FailureReason? Reason, int Attempt, int Failed) Expected(JobState found) => Kind switch
    {
        JobKind.Stumbling => (JobState.Succeeded, null, failures + 1, failures),
        JobKind.Failing => (JobState.Failed, FailureReason.AttemptsUsed, 2, 2),
        JobKind.Rejected => (JobState.Failed, FailureReason.Rejected, 1, 1),
        JobKind.Expiring => (JobState.Expired, null, 1, 0),
        _ when IsCancelled || (CancelAsked && found is JobState.Cancelled) => (JobState.Cancelled, null, 1, 0),
        _ => (JobState.Succeeded, null, 1, 0),
    };
}
