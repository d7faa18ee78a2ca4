using System.Text.Json.Nodes;

namespace FunctionApp.OpenApi;

/// <summary>What JSON Schema's integer and number leave open: how large they may be here.</summary>
internal static class NumberKeywords
{
    public static void Add(JsonObject schema, Type type)
    {
        switch (Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type))
        {
            case TypeCode.Byte when !type.IsEnum:
                Set(schema, "uint8", byte.MinValue, byte.MaxValue);
                break;
            case TypeCode.SByte when !type.IsEnum:
                Set(schema, "int8", sbyte.MinValue, sbyte.MaxValue);
                break;
            case TypeCode.Int16 when !type.IsEnum:
                Set(schema, "int16", short.MinValue, short.MaxValue);
                break;
            case TypeCode.UInt16 when !type.IsEnum:
                Set(schema, "uint16", ushort.MinValue, ushort.MaxValue);
                break;
            case TypeCode.Int32 when !type.IsEnum:
                Set(schema, "int32", int.MinValue, int.MaxValue);
                break;
            case TypeCode.UInt32 when !type.IsEnum:
                Set(schema, "uint32", uint.MinValue, uint.MaxValue);
                break;
            case TypeCode.Int64 when !type.IsEnum:
                Set(schema, "int64", long.MinValue, long.MaxValue);
                break;
            case TypeCode.UInt64 when !type.IsEnum:
                Set(schema, "uint64", ulong.MinValue, ulong.MaxValue);
                break;
            case TypeCode.Single:
                schema["format"] = "float";
                break;
            case TypeCode.Double:
                schema["format"] = "double";
                break;
        }
    }

    private static void Set(JsonObject schema, string format, decimal least, decimal most) =>
        (schema["format"], schema["minimum"], schema["maximum"]) = (format, least, most);
}
