namespace Lovage.Health;

/// <summary>Whether this process gets on; see <see cref="LovageHealth.CheckProgress"/>.</summary>
/// <param name="Loops">Its background loops: those that have begun.</param>
/// <param name="AbandonedBodies">Bodies of jobs that were abandoned at their hard time limit and still go on.</param>
/// <param name="MostAbandonedBodies">With so many, <see cref="LovageOptions.Concurrency"/>, the process is to be started anew.</param>
public sealed record ProgressReport(IReadOnlyList<LoopProgress> Loops, int AbandonedBodies, int MostAbandonedBodies)
{
    /// <summary>True if the process is full of bodies that nothing but its end can stop. It has asked its host to be ended.</summary>
    public bool IsFull => AbandonedBodies >= MostAbandonedBodies;

    /// <summary>False if only a new process helps.</summary>
    public bool IsAlive => !IsFull && !Loops.Any(loop => loop.IsStuck);
}
