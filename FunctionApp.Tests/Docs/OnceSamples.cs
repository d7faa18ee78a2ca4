using Lovage.Client;
using Lovage.Effects;
using Lovage.Jobs;

namespace FunctionApp.Tests.Docs;

public interface IReceiptMail
{
    Task<string> SendAsync(string subject);
}

// The samples of docs/once-only.md, to the letter: OnceDocumentTests compares and runs them.
public sealed class ReceiptJobs(IEffects effects, IReceiptMail mailer)
{
    [Job("receipt.send")]
    public async Task<string> SendAsync(int number) =>
        await effects.OnceAsync("mail", () => mailer.SendAsync($"Receipt {number}"));
}

public static class ReceiptCaller
{
    public static async Task<JobId> CallAsync(JobClient jobs)
    {
        var id = await jobs.EnqueueAsync<ReceiptJobs>(j => j.SendAsync(17), new() { IdempotencyKey = "receipt 17, march" });
        return id;
    }
}
