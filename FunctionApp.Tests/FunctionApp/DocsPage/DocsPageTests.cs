using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionApp.Tests.FunctionApp.DocsPage;

public sealed partial class DocsPageTests(RealServers servers) : IAsyncLifetime
{
    private const string Key = "a-function-key-of-this-test";

    private App app = null!;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers, new Dictionary<string, string?> { ["FunctionKeys:test"] = Key });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Get_WithoutKey_Is401() => Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.GetAsync(new Uri("api/docs", UriKind.Relative))).StatusCode);

    [Fact]
    public async Task Page_RunsNothingButItself()
    {
        var (page, headers) = await GetAsync();
        var policy = headers("Content-Security-Policy").Split("; ").Select(rule => rule.Split(' ', 2)).ToDictionary(rule => rule[0], rule => rule[1]);
        Assert.Equal(HashOf(Script().Match(page)), policy["script-src"]);
        Assert.Equal(HashOf(Style().Match(page)), policy["style-src"]);
        Assert.Equal(("'none'", "'self'", "'none'", "'none'"), (policy["default-src"], policy["connect-src"], policy["base-uri"], policy["frame-ancestors"]));
        Assert.DoesNotContain("unsafe", headers("Content-Security-Policy"), StringComparison.Ordinal);
        // The one address in it is a name: that of SVG.
        Assert.DoesNotContain("://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("https://localhost/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\son\w+=|style=|innerHTML|insertAdjacent|document\.write|eval\(|Storage", page);
    }

    [Fact]
    public async Task Page_WhoseAddressMayHoldAKey_IsKeptByNobody()
    {
        var (page, headers) = await GetAsync();
        Assert.Equal(("no-store", "same-origin", "nosniff"), (headers("Cache-Control"), headers("Referrer-Policy"), headers("X-Content-Type-Options")));
        Assert.DoesNotContain(Key, page, StringComparison.Ordinal);
    }

    private async Task<(string Page, Func<string, string> Header)> GetAsync()
    {
        var answer = await app.Http.GetAsync(new Uri($"api/docs?code={Key}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        return (await answer.Content.ReadAsStringAsync(), name => Assert.Single(answer.Headers.GetValues(name)));
    }

    private static string HashOf(Match match) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}'";

    [GeneratedRegex("<script type=\"module\">(.*)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style>(.*)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
