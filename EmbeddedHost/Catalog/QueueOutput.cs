using System.Reflection;

namespace EmbeddedHost.Catalog;

/// <summary>A part of a function's result that is sent to a queue.</summary>
/// <param name="Queue">The queue, settings replaced.</param>
/// <param name="Connection">The setting that holds the connection string.</param>
/// <param name="Property">The property that is sent; null if the whole result is.</param>
internal sealed record QueueOutput(string Queue, string Connection, MethodInvoker? Property)
{
    public object? ValueOf(object? result) => result is null || Property is null ? result : Property.Invoke(result);
}
