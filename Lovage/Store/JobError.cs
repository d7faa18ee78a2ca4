namespace Lovage.Store;

/// <summary>Why a job failed.</summary>
/// <param name="Type">The exception's type, with its namespace.</param>
/// <param name="Message">The exception's message, cut at 2,000 characters.</param>
public sealed record JobError(string Type, string Message)
{
    private const int MaxMessage = 2_000;

    internal static JobError Of(Exception exception) =>
        new(exception.GetType().FullName!, exception.Message.Length <= MaxMessage ? exception.Message : exception.Message[..MaxMessage] + "…");
}
