namespace Lovage.Jobs;

/// <summary>No job of this name is registered in this app. Nothing was recorded.</summary>
public sealed class UnknownJobException(string job, IReadOnlyCollection<string> known)
    : ArgumentException($"There is no job '{job}'. Known jobs: {string.Join(", ", known)}.")
{
    /// <summary>The name that was asked for.</summary>
    public string Job { get; } = job;

    /// <summary>The names that are registered, sorted.</summary>
    public IReadOnlyCollection<string> Known { get; } = known;
}
