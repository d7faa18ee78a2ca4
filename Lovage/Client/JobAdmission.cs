using System.Diagnostics;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.Options;

namespace Lovage.Client;

/// <summary>Checks a wish at the door, and makes a job of it: what is refused here is never a failed job.</summary>
internal sealed class JobAdmission(JobRegistry registry, IOptions<LovageOptions> options, TimeProvider time)
{
    /// <exception cref="UnknownJobException">No such job.</exception>
    /// <exception cref="InvalidArgumentsException">The arguments do not fit its signature.</exception>
    /// <exception cref="ArgumentsTooLargeException">They are too large.</exception>
    /// <exception cref="ArgumentException">Its options are out of range.</exception>
    public JobEnvelope Admit(JobRequest request)
    {
        // Enqueued twice it is two jobs.
        if (request.Checked is { } job)
            return job with { Id = JobId.New(time) };
        return Check(request);
    }

    private JobEnvelope Check(JobRequest request)
    {
        var enqueue = request.Options;
        enqueue.Check();
        var job = request.Call is null ? registry.Get(request.Name!) : registry.Get(request.Call.Method);
        var (arguments, values) = Read(job, request);
        if (arguments.Length > options.Value.MaxArgumentBytes)
            throw new ArgumentsTooLargeException(job.Name, arguments.Length, options.Value.MaxArgumentBytes);
        return new()
        {
            Id = JobId.New(time),
            Name = job.Name,
            Arguments = arguments,
            Headers = enqueue.Headers,
            Delay = enqueue.Delay,
            NotBefore = enqueue.NotBefore,
            Expires = enqueue.Expires,
            ExpiresAfter = enqueue.ExpiresAfter,
            MaxAttempts = enqueue.MaxAttempts,
            TimeLimit = enqueue.TimeLimit,
            // Written anew: the order and the spaces of a caller's JSON, and a default that is spelled out, are no difference.
            Idempotency = enqueue.IdempotencyKey is { } key ? IdempotencyKey.Of(key, job.Name, JobArguments.Encode(job, values)) : null,
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
        };
    }

    /// <summary>All of them, or none: also refused is one idempotency key for two different wishes.</summary>
    /// <exception cref="IdempotencyConflictException">Two of them have one key and are not the same.</exception>
    public JobEnvelope[] Admit(IReadOnlyCollection<JobRequest> requests)
    {
        JobEnvelope[] jobs = [.. requests.Select(Admit)];
        var first = new Dictionary<string, JobEnvelope>();
        foreach (var (index, job) in jobs.Index())
        {
            if (job.Idempotency is { } key && !first.TryAdd(key.Hash, job) && first[key.Hash].Idempotency != key)
                throw new IdempotencyConflictException(first[key.Hash].Id) { Index = index };
        }
        return jobs;
    }

    private static (ReadOnlyMemory<byte> Arguments, object?[] Values) Read(JobDefinition job, JobRequest request)
    {
        if (request.Call is null)
        {
            var bound = JobArguments.Bind(job, request.Arguments);
            // They are kept by name: a parameter that is added in front moves positions.
            return (request.Arguments.ValueKind is JsonValueKind.Array ? JobArguments.Encode(job, bound) : JobArguments.Encode(request.Arguments), bound);
        }
        var values = CallArguments.Evaluate(request.Call);
        // Written first: what JSON cannot say has no end to check, a cycle for one.
        var written = JobArguments.Encode(job, values);
        JobArguments.Check(job, values);
        return (written, values);
    }
}
