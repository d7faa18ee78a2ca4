namespace Lovage.Jobs;

/// <summary>The arguments do not fit the job's signature. Nothing was recorded.</summary>
public sealed class InvalidArgumentsException(string job, IReadOnlyList<ArgumentError> errors)
    : ArgumentException($"Job '{job}' does not take these arguments. {string.Join(" ", errors.Select(e => $"'{e.Argument}' {e.Message}"))}")
{
    /// <summary>The job's name.</summary>
    public string Job { get; } = job;

    /// <summary>One entry for each argument that is missing, unknown, of the wrong type or not what its validation attributes ask for.</summary>
    public IReadOnlyList<ArgumentError> Errors { get; } = errors;
}
