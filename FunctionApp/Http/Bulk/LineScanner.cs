namespace FunctionApp.Http.Bulk;

/// <summary>One item a line, as NDJSON has it. Blank lines are none; the last line needs no end.</summary>
internal sealed class LineScanner : IItemScanner
{
    private bool inItem;

    public ScannedBytes Scan(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (!inItem && start < bytes.Length)
        {
            inItem = !JsonSpace.Is(bytes[start]);
            start += inItem ? 0 : 1;
        }
        var length = bytes[start..].IndexOf((byte)'\n');
        if (length < 0)
            return new(start, bytes.Length - start, bytes.Length, IsEnd: false);
        inItem = false;
        return new(start, length, start + length + 1, IsEnd: true);
    }

    public bool End()
    {
        var isEnd = inItem;
        inItem = false;
        return isEnd;
    }
}
