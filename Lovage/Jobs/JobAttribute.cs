namespace Lovage.Jobs;

/// <summary>
/// Makes a public method a job. Its parameters are the job's arguments, by name; a <see cref="JobContext"/> or a
/// <see cref="CancellationToken"/> among them is supplied. What it returns (or its <see cref="Task"/> does) is the job's result.
/// What is not set here is as <see cref="LovageOptions"/> says.
/// </summary>
/// <param name="name">1 to 100 of <c>a-z 0-9 . _ -</c>, beginning with a letter or digit: <c>report.build</c>. It travels in messages: keep it when the method is renamed, or keep the old one in <see cref="Aliases"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JobAttribute(string name) : Attribute
{
    /// <summary>The job's name, unique in the app.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Names that it had before, unique in the app too: jobs that were enqueued by one of them still run, and callers may go on using it; what they
    /// enqueue is recorded by <see cref="Name"/>. Keep one for as long as a message or a record may have it. Default: none.
    /// </summary>
    public string[] Aliases { get; set; } = [];

    /// <summary>How often its body is run at most, the first time included: 1 to 100. 0, the default, takes <see cref="LovageOptions.MaxAttempts"/>.</summary>
    public int MaxAttempts { get; set; }

    /// <summary>The longest pause before the second attempt, in seconds: 0 to 86,400. Negative, the default, takes <see cref="LovageOptions.RetryBase"/>.</summary>
    public double RetryBaseSeconds { get; set; } = -1;

    /// <summary>By how much the longest pause grows with each attempt: 1 to 10. 0, the default, takes <see cref="LovageOptions.RetryFactor"/>.</summary>
    public double RetryFactor { get; set; }

    /// <summary>The longest pause of all, in seconds: 0 to 604,800. Negative, the default, takes <see cref="LovageOptions.RetryCap"/>.</summary>
    public double RetryCapSeconds { get; set; } = -1;

    /// <summary>Only these exceptions, and what derives from them, are retried. Default: all.</summary>
    public Type[] RetryOn { get; set; } = [];

    /// <summary>These exceptions, and what derives from them, are never retried. Default: none.</summary>
    public Type[] NeverRetryOn { get; set; } = [];

    /// <summary>After so many seconds the job's token is cancelled, and the attempt counts as failed if the body stops for it. Up to 86,400; 0, the default: no limit.</summary>
    public double TimeLimitSeconds { get; set; }

    /// <summary>After so many seconds the body is abandoned and the job has failed, without another attempt. Up to 86,400; 0, the default: no limit.</summary>
    public double HardTimeLimitSeconds { get; set; }

    /// <summary>False drops what it returns: the store stays smaller, and callers see that it succeeded and no more. Default true.</summary>
    public bool KeepResult { get; set; } = true;
}
