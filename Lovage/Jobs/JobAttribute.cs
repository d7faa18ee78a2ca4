namespace Lovage.Jobs;

/// <summary>
/// Makes a public method a job. Its parameters are the job's arguments, by name; a <see cref="JobContext"/> or a
/// <see cref="CancellationToken"/> among them is supplied. What it returns (or its <see cref="Task"/> does) is the job's result.
/// </summary>
/// <param name="name">1 to 100 of <c>a-z 0-9 . _ -</c>, beginning with a letter or digit: <c>report.build</c>. It travels in messages: keep it when the method is renamed.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JobAttribute(string name) : Attribute
{
    /// <summary>The job's name, unique in the app.</summary>
    public string Name { get; } = name;
}
