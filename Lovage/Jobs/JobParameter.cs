using System.Reflection;
using System.Text.Json;
using Lovage.Jobs.Rules;

namespace Lovage.Jobs;

/// <summary>One parameter of a job's method: an argument that callers give, unless the engine supplies it.</summary>
public sealed class JobParameter
{
    private readonly PlaceRules? rules;

    internal JobParameter(ParameterInfo parameter)
    {
        (Name, Type, Declaration) = (parameter.Name!, parameter.ParameterType, parameter);
        IsSupplied = Type == typeof(JobContext) || Type == typeof(CancellationToken);
        IsOptional = parameter.HasDefaultValue;
        Default = IsOptional ? DefaultOf(parameter) : null;
        TakesNull = AllowsNull(parameter);
        rules = IsSupplied ? null : PlaceRules.Of(parameter);
    }

    /// <summary>Its name. Callers may write it in any case.</summary>
    public string Name { get; }

    /// <summary>Its declared type.</summary>
    public Type Type { get; }

    /// <summary>True if callers may leave it out, and get <see cref="Default"/>.</summary>
    public bool IsOptional { get; }

    /// <summary>What it is where it is left out; null if it may not be.</summary>
    public object? Default { get; }

    /// <summary>Whether it may be null, as its declaration says.</summary>
    public bool TakesNull { get; }

    /// <summary>The declaration, with its attributes. Its validation attributes, and those of the properties of what it holds, are checked at the door.</summary>
    public ParameterInfo Declaration { get; }

    internal bool IsSupplied { get; }

    /// <summary>Reads the argument's value; an error tells the caller what it takes.</summary>
    internal bool TryRead(JsonElement element, out object? value, out string? error)
    {
        value = null;
        if (element.ValueKind == JsonValueKind.Null)
        {
            error = TakesNull ? Check(null) : $"must be {JsonTypeName.Of(Type)}, not null.";
            return error is null;
        }
        try
        {
            value = element.Deserialize(Type, JobJson.Options);
            error = Check(value);
            return error is null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or ArgumentException or InvalidOperationException)
        {
            var at = (e as JsonException)?.Path is { Length: > 1 } path ? $" (at {path})" : "";
            error = $"must be {JsonTypeName.Of(Type)}, not {JsonTypeName.Of(element)}{at}.";
            return false;
        }
    }

    /// <summary>What its validation attributes have against a value; null if nothing.</summary>
    internal string? Check(object? value) => rules?.FirstError(value, Name, "$");

    private static bool AllowsNull(ParameterInfo parameter) =>
        parameter.ParameterType.IsValueType
            ? Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            : new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull;

    // "DateTime when = default" is declared with a null default.
    private static object? DefaultOf(ParameterInfo parameter) =>
        parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
}
