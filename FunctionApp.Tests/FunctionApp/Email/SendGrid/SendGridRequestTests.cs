using System.Text.Json.Nodes;
using Lovage.Jobs;

namespace FunctionApp.Tests.FunctionApp.Email.SendGrid;

/// <summary>What SendGrid is sent.</summary>
public sealed class SendGridRequestTests : IAsyncLifetime
{
    private const string Mail = """
        {
          "from": { "name": "The app", "email": "app@example.com" },
          "subject": "Confirm \"it\"",
          "personalizations": [{ "to": [{ "email": "ada@example.com" }] }],
          "content": [
            { "type": "text/plain", "value": "Hello & grüße\n" },
            { "type": "text/html", "value": "<p>Hello &amp; grüße</p>" }
          ],
          "headers": { "X-Lovage-Key": "job-17/mail" },
          "custom_args": { "lovage-key": "job-17/mail" },
          "tracking_settings": {
            "click_tracking": { "enable": false, "enable_text": false },
            "open_tracking": { "enable": false }
          }
        }
        """;

    private FakeSendGrid fake = null!;

    public async ValueTask InitializeAsync() => fake = await FakeSendGrid.StartAsync();

    public ValueTask DisposeAsync() => fake.DisposeAsync();

    [Fact]
    public async Task Send_Mail_IsExactlyThis()
    {
        using var client = new SendGridClientOfTests(fake.Address, ("SendGrid:FromName", "The app"));
        await client.SendAsync();
        var request = await fake.NextAsync();
        Assert.Equal(("POST", "/v3/mail/send"), (request.Method, request.Path));
        Assert.Equal(($"Bearer {SendGridClientOfTests.ApiKey}", "application/json"), (request.Headers["Authorization"], request.Headers["Content-Type"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Mail), JsonNode.Parse(request.Body)), request.Body);
        Assert.Equal(1, fake.Requests);
    }

    [Fact]
    public async Task Send_Sandbox_IsSaid()
    {
        using var client = new SendGridClientOfTests(fake.Address, ("SendGrid:Sandbox", "true"));
        fake.AnswerWith(200);
        await client.SendAsync();
        var mail = JsonNode.Parse((await fake.NextAsync()).Body)!;
        Assert.Equal("""{"sandbox_mode":{"enable":true}}""", mail["mail_settings"]!.ToJsonString());
        Assert.Equal("""{"email":"app@example.com"}""", mail["from"]!.ToJsonString());
    }

    [Fact]
    public async Task Send_ManyAtOnce_AreRequestsEach()
    {
        using var client = new SendGridClientOfTests(fake.Address);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.SendAsync($"a{i}@example.com")));
        Assert.Equal(20, fake.Requests);
    }

    [Theory]
    [InlineData("SendGrid:ApiKey", null, "SendGrid:ApiKey is not set.")]
    [InlineData("SendGrid:ApiKey", "SG.with a space", "SendGrid:ApiKey takes printable ASCII without spaces.")]
    [InlineData("SendGrid:FromAddress", "", "SendGrid:FromAddress is not set.")]
    [InlineData("SendGrid:FromAddress", "The app <app@example.com>", "SendGrid:FromAddress is no e-mail address.")]
    [InlineData("SendGrid:FromName", "two\nlines", "SendGrid:FromName takes one line of 100 characters at most.")]
    [InlineData("SendGrid:Host", "http://api.example", "SendGrid:Host takes an https address, or an http address of this machine.")]
    [InlineData("SendGrid:Timeout", "00:00:00.5", "SendGrid:Timeout takes 1 to 100 seconds.")]
    [InlineData("SendGrid:Timeout", "soon", "'SendGrid:Timeout'")]
    public async Task Send_SettingMissingOrWrong_IsRejectedAndNamed(string name, string? value, string says)
    {
        using var client = new SendGridClientOfTests(fake.Address, (name, value));
        var rejection = await Assert.ThrowsAsync<RejectJobException>(() => client.SendAsync());
        Assert.Contains(says, rejection.Message, StringComparison.Ordinal);
        Assert.StartsWith("The mail was not sent.", rejection.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SG.", $"{rejection}", StringComparison.Ordinal);
        Assert.Equal(0, fake.Requests);
    }

    [Fact]
    public async Task Send_NothingIsSet_StartsAndThenNamesAllThatIsMissing()
    {
        using var client = new SendGridClientOfTests(fake.Address, ("SendGrid:ApiKey", null), ("SendGrid:FromAddress", null));
        client.CheckAtStart();
        var rejection = await Assert.ThrowsAsync<RejectJobException>(() => client.SendAsync());
        Assert.Equal("The mail was not sent. SendGrid:ApiKey is not set. SendGrid:FromAddress is not set.", rejection.Message);
    }
}
