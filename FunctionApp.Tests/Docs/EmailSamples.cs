using FunctionApp.Email;
using FunctionApp.Email.Templates;
using Lovage.Effects;
using Lovage.Jobs;

namespace FunctionApp.Tests.Docs;

// The sample of docs/email.md, to the letter: EmailDocumentTests compares and runs it.
public sealed class GreetingJobs(EmailRenderer renderer, IEmailSender sender, IEffects effects)
{
    [Job("greeting.send")]
    public async Task SendAsync(string address, string name, JobContext job, CancellationToken cancellation)
    {
        if (!EmailAddress.TryParse(address, out var to))
            throw new RejectJobException("That is no e-mail address.");
        var mail = await renderer.RenderAsync<Welcome>(to, new() { [nameof(Welcome.Name)] = name, [nameof(Welcome.Link)] = new Uri("https://app.example/account") });
        await effects.OnceAsync("mail", () => sender.SendAsync(mail, $"{job.Id}", cancellation));
    }
}
