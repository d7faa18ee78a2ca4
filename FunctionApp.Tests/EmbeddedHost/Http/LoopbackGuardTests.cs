using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Tests.EmbeddedHost.Http;

public sealed class LoopbackGuardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Open(Signals signals)
    {
        [Function("Open")]
        public string Run([HttpTrigger] HttpRequest request)
        {
            signals.Tell("ran");
            return "ok";
        }
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LocalHost:1", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:80", HttpStatusCode.OK)]
    [InlineData("[::1]:7071", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.2", HttpStatusCode.Forbidden)]
    public async Task Host_OtherName_Is403(string name, HttpStatusCode expected)
    {
        await using var host = await new TestApp(typeof(Open)).StartAsync();
        await AssertStatusAsync(host, "api/Open", expected, request => request.Headers.Host = name);
        await AssertStatusAsync(host, "admin/host/status", expected, request => request.Headers.Host = name);
    }

    [Theory]
    [InlineData("http://localhost:{port}", HttpStatusCode.OK)]
    [InlineData("http://127.0.0.1:{port}", HttpStatusCode.OK)]
    [InlineData("http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("https://localhost:{port}", HttpStatusCode.Forbidden)]
    [InlineData("http://evil.example:{port}", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Origin_Foreign_Is403(string origin, HttpStatusCode expected)
    {
        await using var host = await new TestApp(typeof(Open)).StartAsync();
        var port = host.Info.BaseAddress.Port.ToString();
        await AssertStatusAsync(host, "api/Open", expected, request => request.Headers.Add("Origin", origin.Replace("{port}", port, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("none", HttpStatusCode.OK)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    public async Task SecFetchSite_OtherSite_Is403(string site, HttpStatusCode expected)
    {
        await using var host = await new TestApp(typeof(Open)).StartAsync();
        await AssertStatusAsync(host, "api/Open", expected, request => request.Headers.Add("Sec-Fetch-Site", site));
        await AssertStatusAsync(host, "admin/functions", expected, request => request.Headers.Add("Sec-Fetch-Site", site));
    }

    [Theory]
    [InlineData("GET", "navigate", "document", HttpStatusCode.OK)]
    [InlineData("POST", "navigate", "document", HttpStatusCode.Forbidden)]
    [InlineData("GET", "navigate", "iframe", HttpStatusCode.Forbidden)]
    [InlineData("GET", "no-cors", "script", HttpStatusCode.Forbidden)]
    [InlineData("GET", "cors", "empty", HttpStatusCode.Forbidden)]
    public async Task SecFetchSite_OtherSite_IsServedOnlyWhereALinkWasFollowed(string method, string mode, string destination, HttpStatusCode expected)
    {
        await using var host = await new TestApp(typeof(Open)).StartAsync();
        await AssertStatusAsync(host, "api/Open", expected, request =>
        {
            request.Method = new(method);
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Headers.Add("Sec-Fetch-Mode", mode);
            request.Headers.Add("Sec-Fetch-Dest", destination);
        });
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("application/problem+json", HttpStatusCode.OK)]
    [InlineData("application/x-ndjson", HttpStatusCode.OK)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task Body_OtherThanJson_Is415(string? type, HttpStatusCode expected)
    {
        await using var host = await new TestApp(typeof(Open)).StartAsync();
        await AssertStatusAsync(host, "api/Open", expected, request =>
        {
            request.Method = HttpMethod.Post;
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
            request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        });
    }

    [Fact]
    public async Task Body_NoneInAPost_NeedsNoMediaType()
    {
        await using var host = await new TestApp(typeof(Open)).StartAsync();
        await AssertStatusAsync(host, "api/Open", HttpStatusCode.OK, request => request.Method = HttpMethod.Post);
    }

    [Fact]
    public async Task Body_LongerThanTheHostTakes_Is413()
    {
        await using var host = await new TestApp(typeof(Open)).StartAsync();
        await AssertStatusAsync(host, "api/Open", HttpStatusCode.RequestEntityTooLarge, request =>
        {
            request.Method = HttpMethod.Post;
            request.Headers.ExpectContinue = true;
            request.Content = new NeverSent(length: 100L * 1024 * 1024 + 1);
        });
    }

    private static async Task AssertStatusAsync(TestHost host, string path, HttpStatusCode expected, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change(request);
        var answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.OK)
            return;

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"detail\":", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.True(host.Signals.NothingTold);
    }

    private sealed class NeverSent(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException("The body is refused before it is sent.");

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
