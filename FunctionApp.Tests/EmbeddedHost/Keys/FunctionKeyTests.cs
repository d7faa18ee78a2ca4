using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Tests.EmbeddedHost.Keys;

public sealed class FunctionKeyTests
{
    private const string First = "first-key-0123456789";
    private const string Second = "second-key-0123456789";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Functions(Signals signals)
    {
        [Function("Guarded")]
        public string? Guarded([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request)
        {
            signals.Tell("ran");
            return request.Query["code"];
        }

        [Function("Open")]
        public string Open([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => "open";
    }

    public sealed class AdminLevel
    {
        [Function("F")]
        public string Run([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => "";
    }

    [Theory]
    [InlineData(First, null, HttpStatusCode.OK)]
    [InlineData(Second, null, HttpStatusCode.OK)]
    [InlineData(null, First, HttpStatusCode.OK)]
    [InlineData(null, Second, HttpStatusCode.OK)]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("", null, HttpStatusCode.Unauthorized)]
    [InlineData("another-key-0123456789", null, HttpStatusCode.Unauthorized)]
    [InlineData("first-key-012345678", null, HttpStatusCode.Unauthorized)]
    [InlineData("FIRST-KEY-0123456789", null, HttpStatusCode.Unauthorized)]
    [InlineData(null, "another-key-0123456789", HttpStatusCode.Unauthorized)]
    [InlineData(null, First + "&code=" + Second, HttpStatusCode.Unauthorized)]
    // The header is what counts, as on the stock host.
    [InlineData("another-key-0123456789", First, HttpStatusCode.Unauthorized)]
    public async Task Request_KeysAreSet_NeedsOneOfThem(string? header, string? query, HttpStatusCode expected)
    {
        await using var host = await WithKeys().StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, query is null ? "api/Guarded" : $"api/Guarded?code={query}");
        if (header is not null)
            request.Headers.Add("x-functions-key", header);

        using var answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected != HttpStatusCode.OK, host.Signals.NothingTold);
    }

    [Theory]
    [InlineData("api/Guarded", "This needs a key. Send one in the header x-functions-key, or as ?code= in the query.")]
    [InlineData("api/Guarded?code=my-own-secret-0123456789", "The key is not one of this host's. Send one in the header x-functions-key, or as ?code= in the query.")]
    public async Task Refusal_SaysWhatToSend(string path, string detail)
    {
        await using var host = await WithKeys().StartAsync();

        using var answer = await host.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("urn:lovage:problem:unauthorized", 401, detail), (
            problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32(), problem.GetProperty("detail").GetString()));
        Assert.Equal("""FunctionsKey header="x-functions-key", query="code" """.TrimEnd(), Assert.Single(answer.Headers.WwwAuthenticate).ToString());
    }

    [Fact]
    public async Task Query_Key_ReachesTheFunctionToo()
    {
        await using var host = await WithKeys().StartAsync();
        Assert.Equal(First, await host.Http.GetStringAsync($"api/Guarded?code={First}", Cancellation));
    }

    [Fact]
    public async Task Anonymous_KeysAreSet_IsOpen()
    {
        await using var host = await WithKeys().StartAsync();
        Assert.False(host.Http.DefaultRequestHeaders.Contains("x-functions-key"));
        Assert.Equal("open", await host.Http.GetStringAsync("api/Open", Cancellation));
    }

    [Fact]
    public async Task Request_NoKeysAreSet_NeedsNone()
    {
        await using var host = await new TestApp(typeof(Functions)).StartAsync();

        using var answer = await host.Http.GetAsync(new Uri("api/Guarded", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(host.Info.AsksForKeys);
    }

    [Theory]
    [InlineData("GET", "admin/functions", HttpStatusCode.OK)]
    [InlineData("GET", "admin/host/status", HttpStatusCode.OK)]
    [InlineData("POST", "admin/functions/Nobody", HttpStatusCode.NotFound)]
    public async Task Admin_KeysAreSet_NeedsOneOfThem(string method, string path, HttpStatusCode withKey)
    {
        await using var host = await WithKeys().StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync());
        host.Http.DefaultRequestHeaders.Add("x-functions-key", Second);
        Assert.Equal(withKey, await StatusAsync());

        async Task<HttpStatusCode> StatusAsync()
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await host.Http.SendAsync(request, Cancellation);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("FunctionKeys__default", "fifteen-letters", "FunctionKeys:default has 15 characters; a key takes 16 characters or more")]
    [InlineData("FunctionKeys__default", "", "FunctionKeys:default is empty; ")]
    [InlineData("FunctionKeys__default", "a key with some spaces", "FunctionKeys:default has a character that a key cannot have; ")]
    [InlineData("FunctionKeys__a__b", "nested-key-0123456789", "FunctionKeys:a has settings below it; ")]
    [InlineData("FunctionKeys", "nameless-key-0123456789", "FunctionKeys has a value of its own; each key takes a name, such as FunctionKeys__default.")]
    public void Start_KeyUnusable_IsRefusedAndNotPrinted(string setting, string key, string expected)
    {
        var app = new TestApp(typeof(Functions));
        app.Settings[setting] = key;

        var exception = Assert.Throws<EmbeddedHostException>(app.Build);

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !exception.ToString().Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Start_LevelAboveFunction_IsRefusedByName()
    {
        var exception = Assert.Throws<EmbeddedHostException>(new TestApp(typeof(AdminLevel)).Build);

        Assert.Contains("its level is AuthorizationLevel.Admin, and this host has no such key; use Function", exception.Message, StringComparison.Ordinal);
    }

    private static TestApp WithKeys()
    {
        var app = new TestApp(typeof(Functions));
        app.Settings["FunctionKeys__default"] = First;
        app.Settings["FunctionKeys__next"] = Second;
        return app;
    }
}
