using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.FunctionApp.Hosting.Embedded.Mailbox;

public sealed class MailboxApiTests
{
    [Fact]
    public async Task List_Mails_NewestFirstWithoutTheirContent()
    {
        var clock = new FakeTimeProvider(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var host = await MailboxHost.StartAsync(clock);
        Assert.Empty(await host.ListAsync());
        await host.SendAsync("First", key: "key-1");
        clock.Advance(TimeSpan.FromTicks(1));
        await host.SendAsync("Second", to: "Eve@example.com", key: "key-2");
        var mails = await host.ListAsync();
        Assert.Equal(["Second", "First"], mails.Select(mail => mail.GetProperty("subject").GetString()));
        Assert.Equal(["id", "to", "subject", "sent", "key"], mails[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(("Eve@example.com", "key-2"), (mails[0].GetProperty("to").GetString(), mails[0].GetProperty("key").GetString()));
        Assert.Equal(clock.GetUtcNow(), mails[0].GetProperty("sent").GetDateTimeOffset());
        Assert.Equal("Second", Assert.Single(await host.ListAsync("?to=eve@EXAMPLE.com")).GetProperty("subject").GetString());
        Assert.Empty(await host.ListAsync("?to=eve"));
    }

    [Fact]
    public async Task Mail_ItsContent_AndWhereItsLinksLead()
    {
        const string Html = """<p><a href="https://a.example/?x=1&amp;y=2">one</a> <a class="b" href='https://b.example/'>two</a> <a href="https://a.example/?x=1&amp;y=2">one again</a> <abbr href="no">""";
        await using var host = await MailboxHost.StartAsync(null, ("SendGrid:FromAddress", "app@example.com"));
        await host.SendAsync("Hello", html: Html, text: "Hello, as text");
        var id = Assert.Single(await host.ListAsync()).GetProperty("id").GetString();
        var mail = await host.Http.GetFromJsonAsync<JsonElement>($"mailbox/api/mails/{id}");
        Assert.Equal(["https://a.example/?x=1&y=2", "https://b.example/"], mail.GetProperty("links").EnumerateArray().Select(link => link.GetString()));
        Assert.Equal((Html, "Hello, as text", "app@example.com"), (mail.GetProperty("html").GetString(), mail.GetProperty("text").GetString(), mail.GetProperty("from").GetString()));
    }

    [Theory]
    [InlineData("mailbox/api/mails/0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11")]
    [InlineData("mailbox/api/mails/..%2f..%2fhost")]
    [InlineData("mailbox/api/mails/")]
    [InlineData("mailbox/api/other")]
    [InlineData("mailbox/api")]
    [InlineData("mailbox/api/mails/1/2")]
    public async Task Mail_ThatIsNotThere_Is404(string path)
    {
        await using var host = await MailboxHost.StartAsync();
        using var answer = await host.Http.GetAsync(new Uri(path, UriKind.Relative));
        // The list itself, with a slash too many.
        Assert.Equal(path.EndsWith("mails/", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Delete_All_AreGoneAndOtherFilesAreNot()
    {
        await using var host = await MailboxHost.StartAsync();
        await host.SendAsync("First");
        await host.SendAsync("Second");
        var other = Path.Combine(host.Folder, "mails", "notes.json");
        await File.WriteAllTextAsync(other, "mine");
        using var answer = await host.Http.DeleteAsync(new Uri("mailbox/api/mails", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await host.ListAsync());
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task List_FileThatIsNoMail_IsToldAndTheOthersAreListed()
    {
        await using var host = await MailboxHost.StartAsync();
        await host.SendAsync("Whole");
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "mails", $"{Guid.CreateVersion7()}.json"), "{ half");
        Assert.Equal("Whole", Assert.Single(await host.ListAsync()).GetProperty("subject").GetString());
        Assert.Contains(host.Logs.All, line => line.Level == LogLevel.Warning && line.Text.Contains("is no mail of the mailbox", StringComparison.Ordinal));
    }
}
