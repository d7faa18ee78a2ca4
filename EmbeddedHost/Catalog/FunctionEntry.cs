using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Catalog;

/// <summary>A function that can be run: found, checked, and bound once at start.</summary>
internal sealed class FunctionEntry
{
    public required string Name { get; init; }

    public required TriggerEntry Trigger { get; init; }

    public required FunctionMethod Method { get; init; }

    public required ResultShape Result { get; init; }

    public required FunctionDefinition Definition { get; init; }

    public required bool Disabled { get; init; }
}
