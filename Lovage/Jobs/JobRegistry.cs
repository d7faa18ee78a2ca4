using System.Reflection;

namespace Lovage.Jobs;

/// <summary>The jobs that this app knows. Filled while services are registered, read-only afterwards.</summary>
public sealed class JobRegistry
{
    private readonly SortedDictionary<string, JobDefinition> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<MethodInfo, JobDefinition> byMethod = [];

    internal JobRegistry()
    {
    }

    /// <summary>The jobs' names, sorted.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    internal void Add(JobDefinition job)
    {
        if (byName.TryGetValue(job.Name, out var other))
            throw new InvalidOperationException($"Two methods are job '{job.Name}': {other.Class.Name}.{other.Method.Name} and {job.Class.Name}.{job.Method.Name}.");
        byName.Add(job.Name, job);
        byMethod.Add(job.Method, job);
    }

    internal JobDefinition? Find(string name) => byName.GetValueOrDefault(name);

    internal JobDefinition Get(string name) => Find(name) ?? throw new UnknownJobException(name, Names);

    internal JobDefinition Get(MethodInfo method) => byMethod.GetValueOrDefault(method)
        ?? throw new UnknownJobException($"{method.DeclaringType?.Name}.{method.Name}", Names);
}
