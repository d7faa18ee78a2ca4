using System.Collections.Concurrent;
using FunctionApp.Email;

namespace FunctionApp.Tests.FunctionApp.Accounts.Mail;

/// <summary>Does with each mail what the test says, and remembers all.</summary>
internal sealed class ScriptedSender(params Func<Exception?>[] answers) : IEmailSender
{
    public ConcurrentQueue<(EmailMessage Message, string Key)> Sent { get; } = [];

    public Task SendAsync(EmailMessage message, string key, CancellationToken cancellation)
    {
        Sent.Enqueue((message, key));
        return Sent.Count <= answers.Length && answers[Sent.Count - 1]() is { } error ? Task.FromException(error) : Task.CompletedTask;
    }
}
