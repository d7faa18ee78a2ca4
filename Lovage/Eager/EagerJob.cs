using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Eager;

/// <summary>A job in memory.</summary>
internal sealed class EagerJob(JobEnvelope envelope, JobRecord record)
{
    private const int MaxHistoryMessage = 300;

    public JobEnvelope Envelope { get; } = envelope;

    public JobRecord Record { get; set; } = record;

    public EagerEffects Effects { get; } = new();

    /// <summary>The run that may settle it.</summary>
    public string? Claim { get; private set; }

    /// <returns>False if that means nothing to a job in its state.</returns>
    public bool Happen(JobEvent what, DateTimeOffset now)
    {
        if (JobLifecycle.Next(Record.State, what) is not { } state)
            return false;
        Record = Record with
        {
            State = state,
            ChangedAt = now,
            FinishedAt = state.IsFinal() ? now : null,
            Changes = [.. Record.Changes, new(Record.Changes.Count + 1, now, state, null)],
        };
        return true;
    }

    /// <returns>False if it is not to begin.</returns>
    public bool Begin(string claim, DateTimeOffset now)
    {
        if (Record.ExpiresAt <= now)
            Happen(JobEvent.Expire, now);
        // Its time, if it has one, need not have come: nothing waits here.
        if (!Happen(JobEvent.Claim, now))
            return false;
        Claim = claim;
        Record = Record with { StartedAt = now, Progress = null };
        return true;
    }

    public void End(Settlement settlement, DateTimeOffset now)
    {
        // Asked to cancel, a job does not begin again.
        var begins = settlement.Event is JobEvent.Retry or JobEvent.RetryAtOnce or JobEvent.Release;
        var what = begins && Record.CancelRequested ? JobEvent.Stop : settlement.Event;
        if (!Happen(what, now))
            return;
        var error = settlement.Error;
        // The values on the right are still those of the run that has ended.
        Record = Record with
        {
            Attempt = what is JobEvent.Retry or JobEvent.RetryAtOnce ? Record.Attempt + 1 : Record.Attempt,
            DueAt = what is JobEvent.Retry ? now + settlement.Delay : null,
            Result = settlement.Result,
            Error = Record.State is JobState.Succeeded ? null : error ?? Record.Error,
            Reason = settlement.Reason,
            History = error is null ? Record.History : [.. Record.History, Attempt(error, now)],
        };
    }

    private JobAttempt Attempt(JobError error, DateTimeOffset now) =>
        new(Record.Attempt, Record.StartedAt!.Value, now, new(error.Type, JobError.Cut(error.Message, MaxHistoryMessage)));
}
