namespace FunctionApp.Hosting.Admin;

/// <summary>A server that the verb needs did not answer.</summary>
/// <param name="lines">One for each such server: where it should be, and how to start it.</param>
internal sealed class UnreachableException(IReadOnlyList<string> lines) : Exception(string.Join(" ", lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
