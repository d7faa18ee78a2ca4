using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FunctionApp.Tests.FunctionApp.Accounts;

namespace FunctionApp.Tests.FunctionApp.OpenApi;

/// <summary>What the running app answers fits what its document says, to the last field.</summary>
public sealed class RealAnswersTests(RealServers servers) : IAsyncLifetime
{
    private const string Key = "a-function-key-of-this-test";
    private const string OperatorKey = "an-operator-key-of-this-test";
    private const string Nobody = "0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11";

    private readonly List<CheckedValue> seen = [];
    private App app = null!;
    private JsonNode document = null!;

    public async ValueTask InitializeAsync()
    {
        app = await App.StartAsync(servers, new Dictionary<string, string?> { ["FunctionKeys:test"] = Key, ["OperatorKeys:test"] = OperatorKey });
        app.Http.DefaultRequestHeaders.Add("x-functions-key", Key);
        document = (await app.Http.GetFromJsonAsync<JsonNode>(new Uri("api/openapi.json", UriKind.Relative)))!;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Answers_FitTheDocument()
    {
        await JobsAsync();
        await ManyJobsAsync();
        await OperatorsAsync();
        await MistakesAsync();
        await AccountsAsync();
        await OthersAsync();
        await StoreDownAsync();
        await OpenApiCheck.AssertAsync(servers, document, seen);
    }

    private async Task JobsAsync()
    {
        var added = await SeeAsync("post /jobs/math.add", 202, body: """{"x":2,"y":3}""", query: "?delay=1h", header: ("Idempotency-Key", "k"));
        await SeeAsync("post /jobs/math.add", 409, body: "[1,1]", header: ("Idempotency-Key", "k"));
        await SeeAsync("get /jobs/{id}", 200, added);
        await SeeAsync("delete /jobs/{id}", 202, added);
        await SeeAsync("get /jobs/{id}", 200, added);
        var sum = await SeeAsync("post /jobs/math.add", 200, body: "[2,3]", query: "?wait=30s");
        await SeeAsync("delete /jobs/{id}", 409, sum);
        await SeeAsync("post /jobs/demo.progress", 200, body: """{"steps":2,"seconds":0}""", query: "?wait=30s");
        await SeeAsync("post /jobs/demo.fetch", 200, body: """{"waits":[0],"urls":["nowhere"]}""", query: "?wait=30s");
        await SeeAsync("post /jobs/demo.sleep", 200, body: "[0]", query: "?wait=30s");
        var failed = await SeeAsync("post /jobs/demo.fail", 200, query: "?wait=30s");
        foreach (var key in new[] { "", OperatorKey })
            await SeeAsync("get /jobs/{id}", 200, failed, header: ("x-operator-key", key));
        await SeeAsync("post /jobs/{id}/replay", 403, failed);
        await SeeAsync("post /jobs/{id}/replay", 409, sum, header: ("x-operator-key", OperatorKey));
        await SeeAsync("post /jobs/{id}/replay", 400, failed, query: "?repeatEffects=maybe", header: ("x-operator-key", OperatorKey));
        await SeeAsync("post /jobs/{id}/replay", 202, failed, header: ("x-operator-key", OperatorKey));
        await SeeAsync("get /jobs/{id}", 200, sum, header: ("Prefer", "wait=1"));
    }

    private async Task ManyJobsAsync()
    {
        const string Good = """{"job":"math.add","args":[2,3],"options":{"idempotencyKey":"many"}}""";
        const string Bad = """{"job":"math.sub"},{"job":"math.add","args":{"x":"two"}}""";
        await SeeAsync("post /jobs", 202, body: $"[{Good},{Bad}]");
        await SeeAsync("post /jobs", 202, body: $"{Good}\n{{", mediaType: "application/x-ndjson");
        await SeeAsync("post /jobs", 400, body: $"[{Good},{Bad}]", query: "?atomic=true");
        await SeeAsync("post /jobs", 400, body: """[{"job":"math.add","args":[1,1],"options":{"idempotencyKey":"many"}}]""", query: "?atomic=true");
        await SeeAsync("post /jobs", 400, body: "[{");
        await SeeAsync("post /jobs", 400, body: "{}");
        await SeeAsync("post /jobs", 400, body: "[]", query: "?atomic=maybe");
        await SeeAsync("post /jobs", 415, body: "<x/>", mediaType: "text/xml");
    }

    private async Task OperatorsAsync()
    {
        var (all, key) = ("""{"reason":"attemptsUsed"}""", ("x-operator-key", OperatorKey));
        await SeeAsync("post /jobs/demo.fail", 200, query: "?wait=30s");
        await SeeAsync("get /jobs", 200, header: key);
        await SeeAsync("get /jobs", 200, query: "?limit=2&state=succeeded", header: key);
        await SeeAsync("get /jobs", 400, query: "?limit=0", header: key);
        await SeeAsync("get /jobs", 403);
        await SeeAsync("get /stats", 200, header: key);
        await SeeAsync("get /stats", 403);
        await SeeAsync("post /dead-letters/replay", 200, body: """{"dryRun":true,"limit":1}""", header: key);
        await SeeAsync("post /dead-letters/replay", 202, body: all, header: key);
        await SeeAsync("post /dead-letters/replay", 400, body: """{"limit":0}""", header: key);
        await SeeAsync("post /dead-letters/replay", 400, body: "[]", header: key);
        await SeeAsync("post /dead-letters/replay", 403, body: all);
    }

    private async Task MistakesAsync()
    {
        await SeeAsync("post /jobs/math.add", 400, body: """{"x":"two"}""");
        await SeeAsync("post /jobs/demo.sleep", 400, body: "[-1]");
        await SeeAsync("post /jobs/math.add", 400, body: "{");
        await SeeAsync("post /jobs/math.add", 400, body: "[2,3]", query: "?delay=soon");
        await SeeAsync("post /jobs/math.add", 413, body: $"[\"{new string('a', 1_100_000)}\"]");
        await SeeAsync("post /jobs/math.add", 415, body: "<x/>", mediaType: "text/xml");
        await SeeAsync("post /jobs/math.add", 404, body: "{}", address: "jobs/math.sub");
        await SeeAsync("get /jobs/{id}", 404, Nobody);
        await SeeAsync("get /jobs/{id}", 400, Nobody, query: "?wait=long");
        await SeeAsync("delete /jobs/{id}", 404, Nobody);
        await SeeAsync("get /jobs/{id}/events", 404, Nobody);
        await SeeAsync("get /jobs/{id}/events", 400, Nobody, query: "?lastEventId=x");
        await SeeAsync("post /jobs/{id}/replay", 404, Nobody, header: ("x-operator-key", OperatorKey));
        foreach (var operation in new[] { "post /jobs", "post /jobs/math.add", "get /jobs/{id}", "delete /jobs/{id}", "post /jobs/{id}/replay", "get /openapi.json", "get /docs", "get /jobs", "get /stats", "post /dead-letters/replay", "get /jobs/{id}/events" })
            await SeeAsync(operation, 401, Nobody, header: ("x-functions-key", "another-key-of-nobody"));
        foreach (var operation in new[] { "post /jobs/math.add", "get /health/live", "get /health/ready", "get /openapi.json", "get /docs" })
            await SeeAsync(operation, 403, header: ("Origin", "https://elsewhere.example"));
    }

    private async Task AccountsAsync()
    {
        var ada = new AccountCaller(app.Http);
        string Form(string password = AccountCaller.Password) => $$"""{"email":"{{ada.Email}}","password":"{{password}}"}""";
        await SeeAsync("post /account/register", 202, body: $$"""{"name":"Ada","email":"{{ada.Email}}","password":"{{AccountCaller.Password}}"}""");
        await SeeAsync("post /account/register", 400, body: """{"name":"","email":"ada","password":"short","age":"7"}""");
        await SeeAsync("post /account/register", 400, body: "{");
        await SeeAsync("post /account/register", 413, body: $$"""{"name":"{{new string('a', 20_000)}}"}""");
        await SeeAsync("post /account/register", 415, body: "<x/>", mediaType: "text/xml");
        await SeeAsync("post /account/sign-in", 403, body: Form());
        await SeeAsync("post /account/sign-in", 401, body: Form("wrong"));
        await SeeAsync("post /account/confirm", 400, body: $$"""{"user":"{{Nobody}}","token":"x"}""");
        await SeeAsync("post /account/reset-password", 400, body: $$"""{"user":"{{Nobody}}","token":"x","password":"{{AccountCaller.Password}}"}""");
        await ada.ConfirmAsync(await ada.LinkAsync("Confirm your e-mail address"));
        await SeeAsync("post /account/resend", 202, body: $$"""{"email":"{{ada.Email}}"}""");
        await SeeAsync("post /account/forgot-password", 202, body: $$"""{"email":"{{ada.Email}}"}""");
        await SeeAsync("post /account/sign-in", 200, body: Form());
        await ada.SignInAsync();
        var signedIn = ("Authorization", $"Bearer {ada.Token}");
        await SeeAsync("get /account/profile", 200, header: signedIn);
        await SeeAsync("put /account/profile", 200, body: """{"name":"Ada King"}""", header: signedIn);
        await SeeAsync("post /account/delete", 401, body: """{"password":"wrong"}""", header: signedIn);
        await ada.AskAsync(HttpMethod.Post, "sign-out");
        foreach (var operation in new[] { "get /account/profile", "post /account/sign-out" })
            await SeeAsync(operation, 401, header: signedIn);
    }

    private async Task OthersAsync()
    {
        await SeeAsync("get /health/live", 200);
        await SeeAsync("get /health/ready", 200);
        await SeeAsync("get /openapi.json", 200);
    }

    private async Task StoreDownAsync()
    {
        await using var broken = await App.StartAsync(servers, new Dictionary<string, string?> { ["Redis"] = "127.0.0.1:1,connectTimeout=200,connectRetry=0" });
        (var up, app) = (app, broken);
        await SeeAsync("post /jobs/math.add", 503, body: "[2,3]");
        await SeeAsync("get /jobs/{id}", 503, Nobody);
        await SeeAsync("delete /jobs/{id}", 503, Nobody);
        await SeeAsync("post /jobs/{id}/replay", 503, Nobody);
        await SeeAsync("get /jobs", 503);
        await SeeAsync("post /jobs", 503, body: """[{"job":"math.add","args":[2,3]}]""", query: "?atomic=true");
        await SeeAsync("get /stats", 503);
        await SeeAsync("post /dead-letters/replay", 503, body: "{}");
        await SeeAsync("get /jobs/{id}/events", 503, Nobody);
        await SeeAsync("get /health/ready", 503);
        app = up;
    }

    /// <returns>The id in the answer, if there is one.</returns>
    private async Task<string> SeeAsync(
        string operation, int status, string id = "", string? body = null, string query = "", (string Name, string Value)? header = null,
        string? address = null, string mediaType = "application/json")
    {
        address ??= operation.Split(" /")[1].Replace("{id}", id, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Split(' ')[0].ToUpperInvariant()), new Uri($"api/{address}{query}", UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue(mediaType));
        if (header is { } given)
            request.Headers.Add(given.Name, given.Value);
        using var answer = await app.Http.SendAsync(request);
        Assert.True(answer.StatusCode == (HttpStatusCode)status, $"{operation}{query} {body}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        seen.Add(await CheckedValue.OfAsync(document, operation, answer));
        return seen[^1].Value is JsonObject value && value.TryGetPropertyValue("id", out var found) ? (string)found! : "";
    }
}
