namespace FunctionApp.Http.Bulk;

/// <summary>What JSON takes for space (RFC 8259).</summary>
internal static class JsonSpace
{
    public static bool Is(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
