using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Lovage.Jobs;

/// <summary>Says in JSON's words what a parameter takes and what a caller sent.</summary>
internal static class JsonTypeName
{
    public static string Of(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(bare).Select(JsonNamingPolicy.CamelCase.ConvertName))}";
        return Type.GetTypeCode(bare) switch
        {
            TypeCode.Boolean => "true or false",
            TypeCode.String or TypeCode.Char => "a string",
            TypeCode.DateTime => "a date and time (ISO 8601)",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            TypeCode.Byte => Range(byte.MinValue, byte.MaxValue),
            TypeCode.SByte => Range(sbyte.MinValue, sbyte.MaxValue),
            TypeCode.Int16 => Range(short.MinValue, short.MaxValue),
            TypeCode.UInt16 => Range(ushort.MinValue, ushort.MaxValue),
            TypeCode.Int32 => Range(int.MinValue, int.MaxValue),
            TypeCode.UInt32 => Range(uint.MinValue, uint.MaxValue),
            TypeCode.Int64 => Range(long.MinValue, long.MaxValue),
            TypeCode.UInt64 => Range(ulong.MinValue, ulong.MaxValue),
            _ => OfObject(bare),
        };
    }

    public static string Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => Shorten(element.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    private static string OfObject(Type type) => type switch
    {
        _ when type == typeof(Guid) => "a UUID",
        _ when type == typeof(DateTimeOffset) => "a date and time (ISO 8601)",
        _ when type == typeof(DateOnly) => "a date (ISO 8601)",
        _ when type == typeof(TimeSpan) => "a duration (hh:mm:ss)",
        _ when type == typeof(Uri) => "a URI",
        _ when type == typeof(byte[]) => "a base64 string",
        _ when typeof(IDictionary).IsAssignableFrom(type) => "an object",
        _ when typeof(IEnumerable).IsAssignableFrom(type) => "an array",
        _ => "an object",
    };

    private static string Range(IFormattable from, IFormattable to) =>
        $"an integer from {from.ToString(null, CultureInfo.InvariantCulture)} to {to.ToString(null, CultureInfo.InvariantCulture)}";

    private static string Shorten(string number) => number.Length <= 24 ? number : number[..24] + "…";
}
