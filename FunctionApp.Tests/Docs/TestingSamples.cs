using System.Text.Json;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Docs;

#pragma warning disable xUnit1051 // Samples pass no token where nothing waits.

// The samples of docs/testing.md, to the letter: DocumentTests compares, and the runner finds the tests in them.
public sealed class InvoiceJobs(IInvoiceMail mail)
{
    [Job("invoice.send", MaxAttempts = 3, NeverRetryOn = [typeof(ArgumentException)])]
    public async Task<decimal> SendAsync(string customer, decimal[] amounts, CancellationToken cancellation)
    {
        if (amounts.Length == 0)
            throw new ArgumentException("An invoice has at least one amount.");
        await mail.SendAsync(customer, amounts.Sum(), cancellation);
        return amounts.Sum();
    }
}

public sealed class Checkout(JobClient jobs)
{
    public Task<JobId> BuyAsync(string customer, params decimal[] prices) =>
        jobs.EnqueueAsync<InvoiceJobs>(j => j.SendAsync(customer, prices, default));
}

public interface IInvoiceMail
{
    Task SendAsync(string customer, decimal total, CancellationToken cancellation);
}

public sealed class FakeMail : IInvoiceMail
{
    public List<string> Sent { get; } = [];

    public int FailuresToCome { get; set; }

    public Task SendAsync(string customer, decimal total, CancellationToken cancellation)
    {
        if (FailuresToCome-- > 0)
            throw new HttpRequestException("The mail server does not answer.");
        Sent.Add($"{customer}: {total}");
        return Task.CompletedTask;
    }
}

public sealed class InvoiceJobsTests
{
    [Fact]
    public async Task Send_TwoAmounts_MailsTheirSum()
    {
        var mail = new FakeMail();
        Assert.Equal(5, await new InvoiceJobs(mail).SendAsync("Contoso", [2, 3], default));
        Assert.Equal(["Contoso: 5"], mail.Sent);
    }
}

public sealed class CheckoutTests : IDisposable
{
    private readonly FakeMail mail = new();
    private readonly ServiceProvider services;

    public CheckoutTests()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<IInvoiceMail>(mail).AddTransient<Checkout>();
        collection.AddLovage().AddJobs<InvoiceJobs>().RunEagerly();
        services = collection.BuildServiceProvider();
    }

    private Checkout Checkout => services.GetRequiredService<Checkout>();

    private JobClient Jobs => services.GetRequiredService<JobClient>();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Buy_TwoThings_SendsTheInvoice()
    {
        var id = await Checkout.BuyAsync("Contoso", 2, 3);

        Assert.Equal(["Contoso: 5"], mail.Sent);
        var job = await Jobs.GetAsync(id);
        Assert.Equal(JobState.Succeeded, job!.State);
        Assert.Equal(5, JsonSerializer.Deserialize<decimal>(job.Result!.Value.Span));
    }

    [Fact]
    public async Task Buy_MailFailsTwice_SendsTheInvoiceInTheThirdAttempt()
    {
        mail.FailuresToCome = 2;
        var job = await Jobs.GetAsync(await Checkout.BuyAsync("Contoso", 2));

        Assert.Equal((JobState.Succeeded, 3), (job!.State, job.Attempt));
        Assert.Equal(2, job.History.Count);
    }

    [Fact]
    public async Task Buy_Nothing_FailsAtOnce()
    {
        var job = await Jobs.GetAsync(await Checkout.BuyAsync("Contoso"));

        Assert.Equal((JobState.Failed, FailureReason.NotRetried), (job!.State, job.Reason));
        Assert.Equal("An invoice has at least one amount.", job.Error!.Message);
    }
}
