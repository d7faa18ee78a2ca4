namespace EmbeddedHost;

/// <summary>The list that Core Tools prints after a start.</summary>
public static class FunctionListing
{
    /// <summary>Writes every function with its methods and address, its queue, or its schedule.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="info">A started host's functions.</param>
    public static void Write(TextWriter writer, EmbeddedHostInfo info)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(info);
        writer.WriteLine("Functions:");
        foreach (var function in info.Functions.OrderBy(f => f.Trigger).ThenBy(f => f.Name, StringComparer.OrdinalIgnoreCase))
        {
            writer.WriteLine();
            writer.WriteLine($"    {function.Name}: {What(function)}{(function.Disabled ? " (disabled)" : "")}");
        }

        writer.WriteLine();
    }

    private static string What(HostedFunction function) => function.Trigger switch
    {
        TriggerKind.Http when function.Methods.Count == 0 => function.Url!,
        TriggerKind.Http => $"[{string.Join(',', function.Methods)}] {function.Url}",
        TriggerKind.Queue => $"queueTrigger {function.Queue}",
        _ => $"timerTrigger {function.Schedule}",
    };
}
