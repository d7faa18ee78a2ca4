using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.FunctionApp.Hosting.Embedded.Mailbox;

public sealed partial class MailboxPagesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 5, 9, TimeSpan.Zero);

    [Fact]
    public async Task List_Empty_SaysSoAndWhereTheFilesWouldBe()
    {
        await using var host = await MailboxHost.StartAsync();
        var (page, _) = await GetAsync(host, "mailbox");
        Assert.Contains("No mail yet", page, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(host.Folder, "mails"), WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Mails_NewestFirstEachWithItsLink()
    {
        var clock = new FakeTimeProvider(Now.AddDays(-400));
        await using var host = await MailboxHost.StartAsync(clock);
        await host.SendAsync("Long ago");
        clock.SetUtcNow(Now.AddDays(-1));
        await host.SendAsync("Yesterday", to: "eve@example.com");
        clock.SetUtcNow(Now);
        await host.SendAsync("<script>alert(1)</script>");
        var ids = (await host.ListAsync()).Select(mail => $"/mailbox/{mail.GetProperty("id").GetString()}");
        var (page, _) = await GetAsync(host, "mailbox");
        var rows = Row().Matches(page);
        Assert.Equal(ids, rows.Select(row => row.Groups[1].Value));
        Assert.Equal(["ada@example.com", "eve@example.com", "ada@example.com"], rows.Select(row => row.Groups[2].Value));
        Assert.Equal(["<script>alert(1)</script>", "Yesterday", "Long ago"], rows.Select(row => WebUtility.HtmlDecode(row.Groups[3].Value)));
        Assert.Equal(["12:05", "28 Feb, 12:05", "25 Jan 2025"], rows.Select(row => row.Groups[4].Value));
        Assert.Contains("3 mails, the newest first", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_Html_IsInAFrameThatMayDoNothing()
    {
        await using var host = await MailboxHost.StartAsync(new FakeTimeProvider(Now), ("SendGrid:FromAddress", "app@example.com"), ("SendGrid:FromName", "The <app>"));
        await host.SendAsync("Subject & more");
        var address = await AddressOfTheMailAsync(host);
        var (page, _) = await GetAsync(host, address);
        Assert.Contains($"<iframe src=\"/{address}/html\" sandbox=\"allow-top-navigation-by-user-activation allow-popups\"", page, StringComparison.Ordinal);
        var read = WebUtility.HtmlDecode(page);
        Assert.All(["<h1>Subject & more</h1>", "The <app> <app@example.com>", "<dd>ada@example.com</dd>", "1 March 2026, 12:05:09", "<code>key-1</code>"], part => Assert.Contains(part, read, StringComparison.Ordinal));
        Assert.Contains("aria-current=\"page\">HTML</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_PlainText_IsShownAsItIs()
    {
        await using var host = await MailboxHost.StartAsync();
        await host.SendAsync("Subject", text: "Hello <b>,\n\n  two spaces & more\n");
        var address = await AddressOfTheMailAsync(host);
        var (page, _) = await GetAsync(host, $"{address}?show=text");
        Assert.Equal("Hello <b>,\n\n  two spaces & more\n", WebUtility.HtmlDecode(Plain().Match(page).Groups[1].Value));
        Assert.DoesNotContain("<iframe", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\">Plain text</a>", page, StringComparison.Ordinal);
        Assert.Contains("SendGrid:FromAddress</code> is not set", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><head lang=\"en\"><title>x", "<!DOCTYPE html><html><head lang=\"en\"><base target=\"_top\"><title>x")]
    [InlineData("<p>no head", "<base target=\"_top\"><p>no head")]
    [InlineData("<header>no head", "<base target=\"_top\"><header>no head")]
    public async Task Frame_Content_RunsNothingAndItsLinksLeadTheWindow(string html, string expected)
    {
        await using var host = await MailboxHost.StartAsync();
        await host.SendAsync("Subject", html: html);
        var (frame, answer) = await GetAsync(host, $"{await AddressOfTheMailAsync(host)}/html");
        Assert.Equal(expected, frame);
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation allow-popups",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("mailbox", HttpStatusCode.OK)]
    [InlineData("mailbox/0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11", HttpStatusCode.NotFound)]
    [InlineData("mailbox/nothing", HttpStatusCode.NotFound)]
    public async Task Page_RunsAndLoadsNothing(string path, HttpStatusCode expected)
    {
        await using var host = await MailboxHost.StartAsync();
        var (page, answer) = await GetAsync(host, path, expected);
        var style = Style().Match(page).Groups[1].Value;
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotMatch(@"<script|\sstyle=|\son\w+=", page);
        Assert.DoesNotContain("://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin") })
            Assert.Equal(value, Assert.Single(answer.Headers.GetValues(name)));
    }

    private static async Task<string> AddressOfTheMailAsync(MailboxHost host) => $"mailbox/{Assert.Single(await host.ListAsync()).GetProperty("id").GetString()}";

    private static async Task<(string Page, HttpResponseMessage Answer)> GetAsync(MailboxHost host, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await host.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((expected, "text/html; charset=utf-8"), (answer.StatusCode, $"{answer.Content.Headers.ContentType}"));
        return (await answer.Content.ReadAsStringAsync(), answer);
    }

    [GeneratedRegex("""<li>\s*<a href="([^"]+)">\s*<span class="to">([^<]*)</span>\s*<span class="subject">([^<]*)</span>\s*<time [^>]*>([^<]*)</time>""")]
    private static partial Regex Row();

    [GeneratedRegex("<pre[^>]*>(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Plain();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
