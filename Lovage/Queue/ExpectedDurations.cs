using System.Collections.Concurrent;
using Lovage.Jobs;
using Lovage.Store;
using Lovage.Store.Redis;

namespace Lovage.Queue;

/// <summary>How long the bodies of each job run, about: so that many short ones share a message and few long ones do. Workers measure it, and tell each other through the store.</summary>
internal sealed class ExpectedDurations(RedisDurations store, JobRegistry registry, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Average> measured = new();
    private IReadOnlyDictionary<string, double> told = new Dictionary<string, double>();
    private long read = long.MinValue;

    /// <summary>Notes a run.</summary>
    public void Ran(string job, TimeSpan took)
    {
        if (measured.TryGetValue(job, out var average))
            average.Add(took.TotalSeconds);
        else if (registry.Find(job) is not null)
            measured.TryAdd(job, new(took.TotalSeconds));
    }

    /// <summary>In seconds; null if it is not known.</summary>
    public double? Of(string job) => measured.TryGetValue(job, out var average) ? average.Value : told.TryGetValue(job, out var seconds) ? seconds : null;

    /// <summary>Hears what other processes have measured, unless it just has. It is a guess at best: without it messages are small.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        if (read != long.MinValue && time.GetElapsedTime(read, now) < Fresh)
            return;
        read = now;
        try
        {
            told = await store.ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (JobStoreUnavailableException)
        {
            // What was heard before is better than nothing.
        }
    }

    /// <summary>Tells others what has been measured here.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public Task ShareAsync(CancellationToken cancellation) =>
        measured.IsEmpty ? Task.CompletedTask : store.WriteAsync([.. measured.Select(job => (job.Key, job.Value.Value))], cancellation);

    // Two threads that add at once may lose one of the two: it stays a guess.
    private sealed class Average(double first)
    {
        // Heavy enough that a job that has become slow is noticed within a few runs.
        private const double Weight = 1.0 / 8;

        public double Value { get; private set; } = first;

        public void Add(double seconds) => Value += Weight * (seconds - Value);
    }
}
