namespace FunctionApp.Http.Bulk;

/// <summary>One item as it was sent.</summary>
/// <param name="Bytes">Its text, until the next is read; nothing of it if it is too large.</param>
/// <param name="IsTooLarge">True if it is larger than one may be.</param>
internal readonly record struct ItemText(ReadOnlyMemory<byte> Bytes, bool IsTooLarge);
