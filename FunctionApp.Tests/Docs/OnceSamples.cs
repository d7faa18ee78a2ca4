using Lovage.Client;
using Lovage.Effects;
using Lovage.Jobs;

namespace FunctionApp.Tests.Docs;

public interface IMailer
{
    Task<string> SendAsync(string subject);
}

// The samples of docs/once-only.md, to the letter: OnceDocumentTests compares and runs them.
public sealed class InvoiceJobs(IEffects effects, IMailer mailer)
{
    [Job("invoice.send")]
    public async Task<string> SendAsync(int invoice) =>
        await effects.OnceAsync("mail", () => mailer.SendAsync($"Invoice {invoice}"));
}

public static class InvoiceCaller
{
    public static async Task<JobId> CallAsync(JobClient jobs)
    {
        var id = await jobs.EnqueueAsync<InvoiceJobs>(j => j.SendAsync(17), new() { IdempotencyKey = "invoice 17, march" });
        return id;
    }
}
