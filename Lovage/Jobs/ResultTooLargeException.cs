namespace Lovage.Jobs;

/// <summary>What a job returned is larger than <see cref="LovageOptions.MaxResultBytes"/>. It is not tried again: it would return as much.</summary>
public sealed class ResultTooLargeException(string job, int bytes, int limit)
    : Exception($"The result of job '{job}' is {bytes:N0} bytes once encoded; Lovage:MaxResultBytes allows {limit:N0}. Store it elsewhere and return where it is.");
