using Lovage.Client;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FunctionApp.Http.Bulk;

/// <summary>Takes the jobs of a request each for itself, while it is read.</summary>
internal sealed class EachIntake(JobItems items, JobClient jobs, FirstStates states, HttpRequest request)
{
    // What the store records in one call.
    private const int MostTogether = 500;

    // Of arguments: a call to the store is no larger for the sake of fewer calls.
    private const int MostBytesTogether = 1024 * 1024;

    private readonly List<ItemOutcome> outcomes = [];
    private readonly List<(int Index, JobItem Item)> waiting = [];
    private readonly ItemErrors errors = new(request);

    // What is being recorded; none, once what became of it is known.
    private (int Index, JobItem Item)[] recording = [];
    private Task<IReadOnlyList<EnqueueOutcome>> recorded = Task.FromResult<IReadOnlyList<EnqueueOutcome>>([]);
    private ProblemDetails? stop;
    private int bytes;

    public async Task<IResult> TakeAsync(CancellationToken cancellation)
    {
        try
        {
            while (stop is null && await items.ReadAsync(cancellation) is { } item)
                await AddAsync(item, cancellation);
        }
        catch (Exception e) when (e is BadBodyException or BadHttpRequestException)
        {
            stop = Stop(e, items.Count);
        }
        await RecordAsync(cancellation);
        await EndRecordingAsync(cancellation);
        return new BulkAnswer(outcomes, JobUrl.Base(request), stop);
    }

    private async Task AddAsync(JobItem item, CancellationToken cancellation)
    {
        if (item.Request is not null)
            waiting.Add((outcomes.Count, item));
        outcomes.Add(item.Error is { } error ? new(null, item.Name, null, errors.Write(error)) : default);
        bytes += item.Bytes;
        if (waiting.Count == MostTogether || bytes > MostBytesTogether)
            await RecordAsync(cancellation);
    }

    // The next jobs are read while these are recorded.
    private async Task RecordAsync(CancellationToken cancellation)
    {
        await EndRecordingAsync(cancellation);
        recording = [.. waiting];
        // Not the caller's token: jobs that are recorded are rung too, or they would wait for the sweep.
        recorded = jobs.EnqueueEachAsync([.. recording.Select(one => one.Item.Request!)], CancellationToken.None);
        ForgetWaiting();
    }

    private async Task EndRecordingAsync(CancellationToken cancellation)
    {
        var (taken, results) = (recording, await recorded);
        recording = [];
        var accepted = taken.Zip(results).Where(pair => pair.Second.Error is null).ToArray();
        var accepts = await states.ReadAsync([.. accepted.Select(pair => (pair.Second.Id!.Value, pair.First.Item.Options))], cancellation);
        foreach (var ((one, outcome), state) in accepted.Zip(accepts))
            outcomes[one.Index] = new(outcome.Id, one.Item.Name, state, null);
        Exception? failure = null;
        foreach (var (one, outcome) in taken.Zip(results).Where(pair => pair.Second.Error is not null))
        {
            outcomes[one.Index] = new(outcome.Id, one.Item.Name, null, errors.Write(outcome.Error!));
            failure = outcome.Error as JobStoreUnavailableException ?? failure;
        }
        if (failure is not null)
            StopAfter(failure);
    }

    // Whoever asks again at once asks in vain: what was not tried yet is left to the caller.
    private void StopAfter(Exception failure)
    {
        var from = waiting is [var (index, _), ..] ? index : outcomes.Count;
        if (stop is null || waiting.Count > 0)
            stop = Stop(failure, from);
        outcomes.RemoveRange(from, outcomes.Count - from);
        ForgetWaiting();
    }

    private void ForgetWaiting()
    {
        waiting.Clear();
        bytes = 0;
    }

    // From where on a caller sends again.
    private ProblemDetails Stop(Exception error, int from)
    {
        var problem = Problems.DetailsOf(error, request);
        problem.Detail += $" Nothing was taken from index {from} on.";
        problem.Extensions.Remove("id");
        problem.Extensions["index"] = from;
        return problem;
    }
}
