using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionApp.Tests.FunctionApp.Accounts.Pages;

public sealed partial class AccountPageTests(RealServers servers) : IAsyncLifetime
{
    private const string NewPassword = "another one of hers";

    private App app = null!;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("api/account")]
    [InlineData("api/account/confirm")]
    [InlineData("api/account/reset-password")]
    public async Task Page_RunsNothingButItself(string path)
    {
        var (page, headers) = await GetAsync(path);
        var policy = headers("Content-Security-Policy").Split("; ").Select(rule => rule.Split(' ', 2)).ToDictionary(rule => rule[0], rule => rule[1]);
        Assert.Equal(HashOf(Script().Match(page)), policy["script-src"]);
        Assert.Equal(HashOf(Style().Match(page)), policy["style-src"]);
        Assert.Equal(("'none'", "'self'", "'none'", "'none'"), (policy["default-src"], policy["connect-src"], policy["base-uri"], policy["frame-ancestors"]));
        Assert.Equal(("'none'", "'script'"), (policy["form-action"], policy["require-trusted-types-for"]));
        Assert.DoesNotContain("unsafe", headers("Content-Security-Policy"), StringComparison.Ordinal);
        // The one address in it is a name: that of SVG.
        Assert.DoesNotContain("://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\son\w+=|\sstyle=|innerHTML|insertAdjacent|document\.write|eval\(|localStorage\.|\ssrc=|<link rel=.stylesheet", page);
        Assert.DoesNotMatch("<!--(title|content)-->|/\\*(styles|scripts)\\*/", page);
    }

    [Theory]
    [InlineData("api/account")]
    [InlineData("api/account/confirm")]
    [InlineData("api/account/reset-password")]
    public async Task Page_WhoseAddressMayHoldASecret_IsKeptByNobody(string path)
    {
        var (_, headers) = await GetAsync(path);
        Assert.Equal(("no-store", "no-referrer", "nosniff"), (headers("Cache-Control"), headers("Referrer-Policy"), headers("X-Content-Type-Options")));
    }

    [Fact]
    public async Task ConfirmPage_OpenedByAScannerOfMails_ConfirmsNothing()
    {
        var ada = new AccountCaller(app.Http);
        await ada.RegisterAsync();
        var link = await ada.LinkAsync("Confirm your e-mail address");
        // A browser keeps what stands behind the # to itself; some scanners do not.
        await GetAsync(link.Url.PathAndQuery);
        await GetAsync($"{link.Url.AbsolutePath}?{link.Url.Fragment.TrimStart('#')}");
        Assert.Equal(HttpStatusCode.Forbidden, await ada.SignInAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await ada.ConfirmAsync(link)).Status);
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
    }

    [Fact]
    public async Task ResetPage_OpenedByAScannerOfMails_ChangesNothing()
    {
        var ada = new AccountCaller(app.Http);
        await ada.RegisterAsync();
        await ada.AskAsync(HttpMethod.Post, "forgot-password", new { email = ada.Email });
        var link = await ada.LinkAsync("Choose a new password");
        await GetAsync($"{link.Url.AbsolutePath}?{link.Url.Fragment.TrimStart('#')}&password={Uri.EscapeDataString(NewPassword)}");
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync(NewPassword));
        Assert.Equal(HttpStatusCode.NoContent, (await ada.ResetAsync(link, NewPassword)).Status);
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync(NewPassword));
    }

    private async Task<(string Page, Func<string, string> Header)> GetAsync(string path)
    {
        var answer = await app.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        return (await answer.Content.ReadAsStringAsync(), name => Assert.Single(answer.Headers.GetValues(name)));
    }

    private static string HashOf(Match match) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}'";

    [GeneratedRegex("<script type=\"module\">(.*)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style>(.*)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
