namespace FunctionApp.Http;

/// <summary>A request's body cannot be used.</summary>
/// <param name="status">The HTTP status that says why: 400, 413 or 415.</param>
/// <param name="message">What is wrong, the limit, the way out.</param>
internal sealed class BadBodyException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
