using System.Text.Json.Nodes;
using FunctionApp.Tests.FunctionApp;

namespace FunctionApp.Tests.Docs;

/// <summary>The HTTP API's examples are sent, and answered as they show.</summary>
public sealed class HttpApiExampleTests(RealServers servers)
{
    private const string Document = "docs/http-api.md";
    private const string OperatorKey = "an-operator-key-of-this-test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_Curl_AnswersAsShown()
    {
        await using var app = await App.StartAsync(servers);
        await app.RunAsync("math.add", """{"x":2,"y":3}""");
        var examples = CurlExample.Of(Document, "Health");
        Assert.Equal(2, examples.Count);
        foreach (var example in examples)
            Assert.Equal(example.Answer, (await SendAsync(app, example)).ToJsonString());
    }

    private static async Task<JsonNode> SendAsync(App app, CurlExample example)
    {
        using var request = example.Request(app.Http.BaseAddress!, ("OPERATOR_KEY", OperatorKey));
        using var answer = await app.Http.SendAsync(request, Cancel);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }
}
