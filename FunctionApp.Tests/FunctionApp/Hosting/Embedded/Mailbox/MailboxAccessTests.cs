using System.Net;
using FunctionApp.Email;
using FunctionApp.Hosting.Mailbox;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Hosting.Embedded.Mailbox;

/// <summary>Mails hold links that sign in: who may read them.</summary>
public sealed class MailboxAccessTests
{
    private static readonly string[] Paths = ["mailbox", "mailbox/api/mails", "mailbox/0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11/html"];

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example:7071")]
    [InlineData("Host", "192.168.1.4:7071")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "app.example")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task Request_NotByAName_OrThroughAProxy_Is404(string header, string value)
    {
        await using var host = await MailboxHost.StartAsync();
        await host.SendAsync("Secret");
        foreach (var path in Paths)
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Get, path, (header, value))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Delete, "mailbox/api/mails", (header, value))).StatusCode);
        Assert.Single(await host.ListAsync());
    }

    [Theory]
    [InlineData("localhost:7071")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    public async Task Request_ByANameOfThisMachine_IsServed(string name)
    {
        await using var host = await MailboxHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, HttpMethod.Get, "mailbox", ("Host", name))).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Delete_FromAPageOfAnotherSite_Is403(string header, string value)
    {
        await using var host = await MailboxHost.StartAsync();
        await host.SendAsync("Kept");
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(host, HttpMethod.Delete, "mailbox/api/mails", (header, value))).StatusCode);
        Assert.Single(await host.ListAsync());
    }

    [Fact]
    public async Task Delete_FromAPageOfItsOwn_IsDone()
    {
        await using var host = await MailboxHost.StartAsync();
        await host.SendAsync("Gone");
        var answer = await SendAsync(host, HttpMethod.Delete, "mailbox/api/mails", ("Origin", $"http://{host.Http.BaseAddress!.Authority}"), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Request_OfAnotherMethod_Is404(string method)
    {
        await using var host = await MailboxHost.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, new(method), "mailbox/api/mails")).StatusCode);
    }

    [Fact]
    public async Task Mailbox_OutsideOfDevelopment_IsNotThereAndTakesNoMail()
    {
        await using var host = await MailboxHost.StartAsync(null, ("AZURE_FUNCTIONS_ENVIRONMENT", "Production"));
        // A folder that nobody reads would deliver nothing.
        var refused = await Assert.ThrowsAsync<RejectJobException>(() => host.SendAsync("Sent by SendGrid"));
        Assert.Contains("SendGrid:ApiKey is not set", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(host.Folder, "mails")));
        foreach (var path in Paths)
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Get, path)).StatusCode);
    }

    [Fact]
    public async Task Start_NoMailYet_NothingOfMailsIsMade()
    {
        var app = new TestApp
        {
            Configure = builder =>
            {
                MailboxHost.Compose(builder);
                builder.Services.AddSingleton<IEmailSender>(_ => throw new InvalidOperationException("made"));
                builder.Services.AddSingleton<EmailRenderer>(_ => throw new InvalidOperationException("made"));
                builder.Services.AddSingleton<MailboxFolder>(_ => throw new InvalidOperationException("made"));
            },
        };
        await using var host = await app.StartAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Http.GetAsync(new Uri("mailbox", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.1.4", false)]
    [InlineData("::ffff:192.168.1.4", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData(null, false)]
    public void IsLocal_Caller_IsOnLoopback(string? caller, bool expected)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = caller is null ? null : IPAddress.Parse(caller);
        http.Request.Host = new("localhost", 7071);
        Assert.Equal(expected, MailboxGuard.IsLocal(http));
    }

    private static async Task<HttpResponseMessage> SendAsync(MailboxHost host, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
