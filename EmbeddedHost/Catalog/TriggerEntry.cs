namespace EmbeddedHost.Catalog;

/// <summary>What runs a function, with settings replaced.</summary>
/// <param name="Kind">The kind of trigger.</param>
/// <param name="Parameter">The parameter that carries the trigger's attribute.</param>
internal abstract record TriggerEntry(TriggerKind Kind, string Parameter)
{
    /// <summary>The binding's name on the stock host, such as <c>httpTrigger</c>.</summary>
    public abstract string BindingType { get; }

    /// <summary>What is told to the user about the function.</summary>
    public abstract HostedFunction Describe(string function, bool disabled, Uri baseAddress);
}
