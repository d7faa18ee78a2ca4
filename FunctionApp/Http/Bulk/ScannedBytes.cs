namespace FunctionApp.Http.Bulk;

/// <summary>What some bytes of a body are.</summary>
/// <param name="Skip">So many belong to no item.</param>
/// <param name="Take">So many after them belong to one.</param>
/// <param name="Used">So many were looked at, with what ends the item.</param>
/// <param name="IsEnd">True if the item ends there.</param>
internal readonly record struct ScannedBytes(int Skip, int Take, int Used, bool IsEnd);
