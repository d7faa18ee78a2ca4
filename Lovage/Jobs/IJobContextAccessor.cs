namespace Lovage.Jobs;

/// <summary>Finds the job that the calling code runs in, however deep: it follows <c>await</c>, <see cref="Task.Run(Action)"/> and parallel loops.</summary>
public interface IJobContextAccessor
{
    /// <summary>The running job, or null outside of one.</summary>
    JobContext? Context { get; }
}
