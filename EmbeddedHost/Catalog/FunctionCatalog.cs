using EmbeddedHost.Http;

namespace EmbeddedHost.Catalog;

/// <summary>All functions of the app.</summary>
internal sealed class FunctionCatalog(IReadOnlyList<FunctionEntry> functions)
{
    public IReadOnlyList<FunctionEntry> All { get; } = functions;

    public FunctionEntry? Find(string name) => All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The functions of one kind that are not switched off.</summary>
    public IEnumerable<(FunctionEntry Function, T Trigger)> Enabled<T>()
        where T : TriggerEntry => All.Where(f => !f.Disabled && f.Trigger is T).Select(f => (f, (T)f.Trigger));

    public bool HasHttp => Enabled<HttpTriggerEntry>().Any();
}
