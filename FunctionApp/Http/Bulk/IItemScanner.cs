namespace FunctionApp.Http.Bulk;

/// <summary>Finds where the items of a body begin and end. It looks at each byte once, however small the pieces are in which they come.</summary>
internal interface IItemScanner
{
    /// <summary>Looks at the next bytes, up to the end of an item at most.</summary>
    /// <exception cref="BadBodyException">What stands between the items is wrong.</exception>
    ScannedBytes Scan(ReadOnlySpan<byte> bytes);

    /// <summary>The body has ended.</summary>
    /// <returns>True if an item ends with it; when asked again, false.</returns>
    /// <exception cref="BadBodyException">It should not end here.</exception>
    bool End();
}
