using System.Collections.Concurrent;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>What bodies have done, in whatever process, and what they are told.</summary>
internal sealed class Witness
{
    /// <summary>For each body that was begun, its attempt.</summary>
    public ConcurrentDictionary<JobId, ConcurrentQueue<int>> Runs { get; } = [];

    /// <summary>How often each effect of a job was made.</summary>
    public ConcurrentDictionary<(JobId Job, string Key), int> Effects { get; } = [];

    /// <summary>Fires when the process is told to stop.</summary>
    public CancellationTokenSource Shutdown { get; } = new();

    /// <summary>Done by the first body that would lose its store.</summary>
    public Func<Task>? LoseStoreAsync { get; set; }

    /// <summary>While set, what would fail succeeds.</summary>
    public bool IsMended { get; set; }

    public int TotalRuns => Runs.Values.Sum(runs => runs.Count);

    public void Saw(JobContext job) => Runs.GetOrAdd(job.Id, _ => []).Enqueue(job.Attempt);

    public Task MakeEffect(JobContext job, string key)
    {
        Effects.AddOrUpdate((job.Id, key), 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }
}
