using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Catalog;

/// <summary>What middleware is told about a function.</summary>
internal sealed class EmbeddedFunctionDefinition(string name, MethodInfo method, TriggerEntry trigger, ResultShape result) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } = [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType))];

    public override string PathToAssembly { get; } = method.Module.Assembly.Location;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    // Names are unique in an app, and the same after a restart.
    public override string Id => Name;

    public override string Name { get; } = name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(trigger.Parameter, new Binding(trigger.Parameter, trigger.BindingType, BindingDirection.In));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = Outputs(trigger, result);

    private static ImmutableDictionary<string, BindingMetadata> Outputs(TriggerEntry trigger, ResultShape result)
    {
        var outputs = result.Outputs.Select((o, i) => new Binding($"queue{i}:{o.Queue}", "queue", BindingDirection.Out));
        if (trigger.Kind == TriggerKind.Http && result.AnswersHttp)
            outputs = outputs.Append(new Binding("$return", "http", BindingDirection.Out));

        return outputs.ToImmutableDictionary(o => o.Name, BindingMetadata (o) => o);
    }

    private sealed class Binding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name { get; } = name;

        public override string Type { get; } = type;

        public override BindingDirection Direction { get; } = direction;
    }
}
