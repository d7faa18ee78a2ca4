using System.Reflection;
using System.Text.Json;

namespace Lovage.Jobs;

/// <summary>One argument of a job, as its method declares it.</summary>
internal sealed class JobParameter(ParameterInfo parameter)
{
    private readonly bool takesNull = TakesNull(parameter);

    public string Name { get; } = parameter.Name!;

    public Type Type { get; } = parameter.ParameterType;

    public bool IsSupplied { get; } = parameter.ParameterType == typeof(JobContext) || parameter.ParameterType == typeof(CancellationToken);

    public bool IsOptional { get; } = parameter.HasDefaultValue;

    public object? Default { get; } = parameter.HasDefaultValue ? DefaultOf(parameter) : null;

    /// <summary>Reads the argument's value; an error tells the caller what it takes.</summary>
    public bool TryRead(JsonElement element, out object? value, out string? error)
    {
        (value, error) = (null, null);
        if (element.ValueKind == JsonValueKind.Null)
        {
            error = takesNull ? null : $"must be {JsonTypeName.Of(Type)}, not null.";
            return takesNull;
        }
        try
        {
            value = element.Deserialize(Type, JobJson.Options);
            return true;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or ArgumentException or InvalidOperationException)
        {
            var at = (e as JsonException)?.Path is { Length: > 1 } path ? $" (at {path})" : "";
            error = $"must be {JsonTypeName.Of(Type)}, not {JsonTypeName.Of(element)}{at}.";
            return false;
        }
    }

    private static bool TakesNull(ParameterInfo parameter) =>
        parameter.ParameterType.IsValueType
            ? Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            : new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull;

    // "DateTime when = default" is declared with a null default.
    private static object? DefaultOf(ParameterInfo parameter) =>
        parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
}
