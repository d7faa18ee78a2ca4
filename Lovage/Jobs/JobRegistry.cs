using System.Reflection;

namespace Lovage.Jobs;

/// <summary>The jobs that this app knows. Filled while services are registered, read-only afterwards.</summary>
public sealed class JobRegistry
{
    private readonly SortedDictionary<string, JobDefinition> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobDefinition> byAlias = new(StringComparer.Ordinal);
    private readonly Dictionary<MethodInfo, JobDefinition> byMethod = [];

    internal JobRegistry()
    {
    }

    /// <summary>The jobs' names, sorted; without the aliases that some have.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>The jobs, sorted by name.</summary>
    public IReadOnlyCollection<JobDefinition> Jobs => byName.Values;

    /// <summary>Every name that a record may carry.</summary>
    internal IEnumerable<string> NamesAndAliases => byName.Keys.Concat(byAlias.Keys);

    internal void Add(JobDefinition job)
    {
        if (byName.TryGetValue(job.Name, out var other))
            throw new InvalidOperationException($"Two methods are job '{job.Name}': {Where(other)} and {Where(job)}.");
        if (byAlias.TryGetValue(job.Name, out var renamed))
            throw new InvalidOperationException($"Job '{job.Name}' on {Where(job)} has the name that is an alias of job '{renamed.Name}' on {Where(renamed)}: rename it, or drop the alias.");
        byName.Add(job.Name, job);
        byMethod.Add(job.Method, job);
        foreach (var alias in job.Aliases)
            AddAlias(alias, job);
    }

    private void AddAlias(string alias, JobDefinition job)
    {
        if (byName.TryGetValue(alias, out var named))
            throw new InvalidOperationException($"Alias '{alias}' of job '{job.Name}' on {Where(job)} is the name of the job on {Where(named)}: drop one of them.");
        if (!byAlias.TryAdd(alias, job))
            throw new InvalidOperationException($"Alias '{alias}' of job '{job.Name}' on {Where(job)} is already one of job '{byAlias[alias].Name}': drop one of them.");
    }

    /// <summary>By name, or by an alias.</summary>
    internal JobDefinition? Find(string name) => byName.GetValueOrDefault(name) ?? byAlias.GetValueOrDefault(name);

    internal JobDefinition Get(string name) => Find(name) ?? throw new UnknownJobException(name, Names);

    internal JobDefinition Get(MethodInfo method) => byMethod.GetValueOrDefault(method)
        ?? throw new UnknownJobException($"{method.DeclaringType?.Name}.{method.Name}", Names);

    private static string Where(JobDefinition job) => $"{job.Class.Name}.{job.Method.Name}";
}
