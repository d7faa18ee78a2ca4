namespace Lovage.Store;

/// <summary>Why a job failed, or why an attempt did.</summary>
/// <param name="Type">The exception's type, with its namespace.</param>
/// <param name="Message">The exception's message, cut at 2,000 characters.</param>
/// <param name="StackTrace">Where it was thrown, cut at 8,000 characters; null in the history of attempts. For operators, not for callers.</param>
public sealed record JobError(string Type, string Message, string? StackTrace = null)
{
    internal const int MaxMessage = 2_000;
    private const int MaxStackTrace = 8_000;

    internal static JobError Of(Exception exception) =>
        new(exception.GetType().FullName!, Cut(exception.Message, MaxMessage), exception.StackTrace is { } stack ? Cut(stack, MaxStackTrace) : null);

    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}
