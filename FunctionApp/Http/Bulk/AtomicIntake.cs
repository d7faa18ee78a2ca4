using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FunctionApp.Http.Bulk;

/// <summary>Takes all jobs of a request or none: they are held until the last was checked.</summary>
internal sealed class AtomicIntake(JobItems items, JobClient jobs, FirstStates states, HttpRequest request)
{
    // More would not help who has to repair the request.
    private const int MostErrors = 100;

    private readonly List<JobItem> all = [];
    private readonly List<(int Index, ReadOnlyMemory<byte> Error)> refused = [];
    private readonly ItemErrors errors = new(request);
    private int refusedCount;

    /// <exception cref="BadBodyException">The body cannot be read; nothing was recorded.</exception>
    public async Task<IResult> TakeAsync(CancellationToken cancellation)
    {
        while (await items.ReadAsync(cancellation) is { } item)
            Add(item);
        return refusedCount > 0 ? Problems.JobsRefused(items.Count, refusedCount, refused) : await RecordAsync(cancellation);
    }

    private void Add(JobItem item)
    {
        if (item.Error is { } error)
            Refuse(items.Count - 1, error);
        else if (refusedCount == 0)
            all.Add(item);
    }

    private void Refuse(int index, Exception error)
    {
        // None of them will be recorded now.
        all.Clear();
        refusedCount++;
        if (refused.Count < MostErrors)
            refused.Add((index, errors.Write(error)));
    }

    private async Task<IResult> RecordAsync(CancellationToken cancellation)
    {
        try
        {
            // Not the caller's token: jobs that are recorded are rung too, or they would wait for the sweep.
            var ids = await jobs.EnqueueAsync([.. all.Select(item => item.Request!)], CancellationToken.None);
            var accepted = await states.ReadAsync([.. ids.Zip(all, (id, item) => (id, item.Options))], cancellation);
            return Answer([.. ids.Zip(all, accepted).Select(one => new ItemOutcome(one.First, one.Second.Name, one.Third, null))]);
        }
        catch (IdempotencyConflictException e)
        {
            Refuse(e.Index, e);
            return Problems.JobsRefused(items.Count, refusedCount, refused);
        }
        catch (JobStoreUnavailableException e) when (e.JobIds.Count == all.Count)
        {
            var problem = Problems.DetailsOf(e, request);
            problem.Extensions.Remove("id");
            return Answer([.. e.JobIds.Zip(all, (id, item) => new ItemOutcome(id, item.Name, null, Uncertain(id, e)))], problem);
        }
    }

    private ReadOnlyMemory<byte> Uncertain(JobId id, JobStoreUnavailableException e) => errors.Write(new JobStoreUnavailableException(e.InnerException!) { JobId = id });

    private BulkAnswer Answer(ItemOutcome[] outcomes, ProblemDetails? stop = null) => new(outcomes, JobUrl.Base(request), stop);
}
