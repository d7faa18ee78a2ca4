namespace EmbeddedHost.Configuration;

/// <summary>Everything that stops a start, collected so that the user sees all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<string> found = [];

    private readonly HashSet<string> subjects = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string problem) => found.Add(problem);

    /// <summary>For what several functions share, such as a setting: the first one that needs it tells enough.</summary>
    public void AddOnce(string subject, string problem)
    {
        if (subjects.Add(subject))
            found.Add(problem);
    }

    public void ThrowIfAny()
    {
        if (found.Count == 0)
            return;

        throw new EmbeddedHostException(found.Count == 1
            ? found[0]
            : $"{found.Count} problems:{Environment.NewLine}{string.Join(Environment.NewLine, found.Select(p => "- " + p))}");
    }
}
