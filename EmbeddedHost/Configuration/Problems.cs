namespace EmbeddedHost.Configuration;

/// <summary>Everything that stops a start, collected so that the user sees all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<string> found = [];

    public void Add(string problem) => found.Add(problem);

    public void ThrowIfAny()
    {
        if (found.Count == 0)
            return;

        throw new EmbeddedHostException(found.Count == 1
            ? found[0]
            : $"{found.Count} problems:{Environment.NewLine}{string.Join(Environment.NewLine, found.Select(p => "- " + p))}");
    }
}
