using System.Net.Http.Json;
using System.Text.Json;
using FunctionApp.Email;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FunctionApp.Tests.FunctionApp.Accounts.Mail;

/// <summary>What becomes of a mail that its sender has trouble with.</summary>
public sealed class EmailJobsTests(RealServers servers)
{
    [Fact]
    public async Task Send_NobodyKnowsWhetherItWasAccepted_IsShownAndNotSentAgain()
    {
        var sender = new ScriptedSender(() => new TimeoutException("No answer."));
        await using var app = await StartAsync(sender);
        var job = await RegisterAndAwaitAsync(app);
        Assert.Equal(("failed", "effectUnknown"), (job.GetProperty("state").GetString(), job.GetProperty("reason").GetString()));
        Assert.Single(sender.Sent);
    }

    [Fact]
    public async Task Send_NotAcceptedYet_IsTriedAgainWithTheSameKey()
    {
        var sender = new ScriptedSender(() => new RetryJobException(TimeSpan.FromMilliseconds(10)));
        await using var app = await StartAsync(sender);
        var job = await RegisterAndAwaitAsync(app);
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.Equal(2, sender.Sent.Count);
        Assert.Equal(job.GetProperty("id").GetString(), Assert.Single(sender.Sent.Select(sent => sent.Key).Distinct()));
    }

    [Fact]
    public async Task Send_RefusedForGood_FailsWithTheReason()
    {
        var sender = new ScriptedSender(() => new RejectJobException("The provider refuses this address."));
        await using var app = await StartAsync(sender);
        var job = await RegisterAndAwaitAsync(app);
        Assert.Equal(("failed", "rejected"), (job.GetProperty("state").GetString(), job.GetProperty("reason").GetString()));
        Assert.Single(sender.Sent);
    }

    [Theory]
    [InlineData("confirmAddress")]
    [InlineData("resetPassword")]
    public async Task Send_NoSuchAccount_SendsNothing(string purpose)
    {
        var sender = new ScriptedSender();
        await using var app = await StartAsync(sender);
        var job = await app.RunAsync("email.send", $$"""{"userId":"{{Guid.NewGuid()}}","purpose":"{{purpose}}"}""");
        Assert.Equal("Nothing was sent: there is no such account.", job.GetProperty("result").GetString());
        Assert.Empty(sender.Sent);
    }

    private Task<App> StartAsync(IEmailSender sender) => App.StartAsync(
        servers, new Dictionary<string, string?> { ["Lovage:MaxAttempts"] = "3" }, builder => builder.Services.Replace(ServiceDescriptor.Singleton(sender)));

    // The mail's job, once it has ended.
    private static async Task<JsonElement> RegisterAndAwaitAsync(App app)
    {
        Assert.Equal(System.Net.HttpStatusCode.Accepted, (await new AccountCaller(app.Http).RegisterAsync()).Status);
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (true)
        {
            var jobs = (await app.Http.GetFromJsonAsync<JsonElement>(new Uri("api/jobs", UriKind.Relative), limit.Token)).GetProperty("jobs");
            if (jobs.GetArrayLength() == 1)
                return await app.EndOfAsync(new Uri($"api/jobs/{jobs[0].GetProperty("id").GetString()}", UriKind.Relative));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
