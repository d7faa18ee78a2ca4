namespace Lovage.Client;

/// <summary>The arguments of a job are larger than <see cref="LovageOptions.MaxArgumentBytes"/>. Nothing was recorded.</summary>
public sealed class ArgumentsTooLargeException(string job, int bytes, int limit)
    : ArgumentException($"The arguments of job '{job}' are {bytes:N0} bytes once encoded; Lovage:MaxArgumentBytes allows {limit:N0}. Store them elsewhere and pass where they are.");
