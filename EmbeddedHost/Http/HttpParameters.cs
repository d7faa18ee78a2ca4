using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using EmbeddedHost.Catalog;
using EmbeddedHost.Invocation;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>Binds the parameters of HTTP functions: the request, route values and simple query values.</summary>
internal static class HttpParameters
{
    public static ParameterBinder? Bind(ParameterInfo parameter, HttpTriggerEntry trigger)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
            return context => Request(context).Request;
        if (parameter.Name == trigger.Parameter || parameter.GetCustomAttributes().Any(a => a.GetType().Namespace?.StartsWith("Microsoft.A", StringComparison.Ordinal) == true))
            return null;
        if (!IsSimple(parameter.ParameterType))
            return null;

        var name = parameter.Name!;
        return trigger.Pattern.GetParameter(name) is not null
            ? context => Convert(Request(context).GetRouteValueText(name), parameter, "route value")
            : context => Convert(Request(context).Request.Query[name] is { Count: > 0 } query ? query[0] : null, parameter, "query value");
    }

    private static HttpContext Request(EmbeddedFunctionContext context) => (HttpContext)context.Event;

    private static string? GetRouteValueText(this HttpContext context, string name) =>
        context.Request.RouteValues.TryGetValue(name, out var value) ? System.Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static bool IsSimple(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner == typeof(string) || inner.IsPrimitive || inner.IsEnum || inner == typeof(Guid) || inner == typeof(decimal)
            || inner == typeof(DateTime) || inner == typeof(DateTimeOffset) || inner == typeof(TimeSpan) || inner == typeof(DateOnly) || inner == typeof(TimeOnly);
    }

    private static object? Convert(string? text, ParameterInfo parameter, string what)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(string) && text is not null)
            return text;

        if (string.IsNullOrEmpty(text))
        {
            if (parameter.HasDefaultValue)
                return parameter.DefaultValue;

            return type != parameter.ParameterType || !type.IsValueType
                ? null
                : throw new FormatException($"The {what} '{parameter.Name}' is missing and {type.Name} cannot be null.");
        }

        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            throw new FormatException($"The {what} '{parameter.Name}' cannot be read as {type.Name}.", exception);
        }
    }
}
