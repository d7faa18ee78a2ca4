using System.Net;
using System.Text.RegularExpressions;
using FunctionApp.Email;
using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email.Templates;

/// <summary>What every template must do.</summary>
public abstract partial class TemplateTests<TTemplate>
    where TTemplate : IEmailTemplate
{
    private static readonly EmailAddress Ada = Addresses.Of("ada@example.com");

    /// <summary>The whole plain text, for Ada.</summary>
    protected abstract string ExpectedText { get; }

    protected abstract string ExpectedSubject { get; }

    /// <summary>Beyond name and link.</summary>
    protected virtual IReadOnlyDictionary<string, object?> Others => new Dictionary<string, object?>();

    [Fact]
    public async Task Text_IsWhatAPersonReads() => Assert.Equal(ExpectedText.ReplaceLineEndings("\n") + "\n", (await RenderAsync("Ada")).Text);

    [Fact]
    public async Task Text_Link_IsAloneOnItsLine() => Assert.Contains(Mails.Link.AbsoluteUri, (await RenderAsync("Ada")).Text.Split('\n'));

    [Fact]
    public async Task Html_Link_IsAButtonAndReadable()
    {
        var html = (await RenderAsync("Ada")).Html;
        var links = Anchor().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToArray();
        Assert.Equal([Mails.Link.AbsoluteUri, Mails.Link.AbsoluteUri], links);
        Assert.DoesNotContain("&token", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_SaysTheSameAsTheText()
    {
        var mail = await RenderAsync("Ada");
        var seen = OneSpace(WebUtility.HtmlDecode(Tag().Replace(mail.Html[mail.Html.IndexOf("<h1", StringComparison.Ordinal)..], " ")));
        Assert.All(mail.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "--"), line => Assert.Contains(OneSpace(line.TrimEnd(':')), seen, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Subject_IsTheHeadingAndTheTitle()
    {
        var mail = await RenderAsync("Ada");
        Assert.Equal(ExpectedSubject, mail.Subject);
        Assert.Contains($"<title>{WebUtility.HtmlEncode(ExpectedSubject)}</title>", mail.Html, StringComparison.Ordinal);
        Assert.Matches($"<h1 [^>]*>{Regex.Escape(WebUtility.HtmlEncode(ExpectedSubject))}</h1>", mail.Html);
    }

    [Fact]
    public async Task Html_IsForMailClientsAndEveryone()
    {
        var html = (await RenderAsync("Ada")).Html;
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.Contains("max-width:600px", html, StringComparison.Ordinal);
        Assert.Matches("<body[^>]*>\\s*<div style=\"display:none;[^>]*>[A-Z]", html);
        Assert.DoesNotMatch("<table(?![^>]*role=\"presentation\")", html);
        // Nothing is loaded and nothing runs: no picture tells that it was read.
        Assert.DoesNotMatch("<(script|img|link|iframe|form|svg)\\b|url\\(|@import|\\son\\w+=", html);
        Assert.InRange(html.Length, 1, 30_000);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Ada\r\n\r\nYour account is closed. Call 555 0100")]
    [InlineData("</p><p>Pay now")]
    [InlineData("https://evil.example/win")]
    [InlineData("evil.example")]
    [InlineData("eve@evil.example")]
    [InlineData("Ada\u2028Pay now")]
    [InlineData("Ada\u202egnp.exe")]
    [InlineData("&lt;b&gt; \" ' `")]
    [InlineData("\0\u0007")]
    public async Task Name_HoldsMoreThanAName_IsHarmless(string name)
    {
        var mail = await RenderAsync(name);
        var plain = await RenderAsync("Ada");
        Assert.Equal(plain.Text.Split('\n')[1..], mail.Text.Split('\n')[1..]);
        Assert.Equal(Tag().Count(plain.Html), Tag().Count(mail.Html));
        Assert.DoesNotMatch("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", mail.Text.Replace("\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain("evil", $"{mail.Text}{mail.Html}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Renée Müller-Østergård", "Hello Renée Müller-Østergård,")]
    [InlineData("J. R. R. O'Brien", "Hello J. R. R. O'Brien,")]
    [InlineData("山田 太郎 🌿", "Hello 山田 太郎 🌿,")]
    [InlineData("  Ada \t Lovelace ", "Hello Ada Lovelace,")]
    [InlineData("a < b & c", "Hello a < b & c,")]
    [InlineData("", "Hello,")]
    [InlineData("A name of more than sixty characters is no longer what one greets with", "Hello,")]
    public async Task Name_OfAPerson_IsGreeted(string name, string expected)
    {
        var mail = await RenderAsync(name);
        Assert.Equal(expected, mail.Text.Split('\n')[0]);
        Assert.Contains(expected, WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
    }

    private Task<EmailMessage> RenderAsync(string name) => Mails.Renderer().RenderAsync<TTemplate>(
        Ada, new(Others) { [nameof(Welcome.Name)] = name, [nameof(Welcome.Link)] = Mails.Link });

    private static string OneSpace(string text) => Space().Replace(text, " ");

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
