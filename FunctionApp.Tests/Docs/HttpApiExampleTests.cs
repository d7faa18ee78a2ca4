using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionApp.Tests.FunctionApp;
using Lovage.Jobs;

namespace FunctionApp.Tests.Docs;

/// <summary>The HTTP API's examples are sent, and answered as they show.</summary>
public sealed class HttpApiExampleTests(RealServers servers)
{
    private const string Document = "docs/http-api.md";
    private const string OperatorKey = "an-operator-key-of-this-test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeadLetters_Curl_AnswersAsShown()
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["OperatorKeys:test"] = OperatorKey });
        var failed = await app.RunAsync("demo.fail", """{"message":"on purpose"}""");
        var example = Assert.Single(CurlExample.Of(Document, "Dead letters"));
        var answer = await SendAsync(app, example);
        Assert.Equal(failed.GetProperty("id").GetString(), answer["ids"]![0]!.GetValue<string>());
        var shown = JsonNode.Parse(example.Answer)!;
        shown["ids"]![0] = answer["ids"]![0]!.DeepClone();
        Assert.Equal(shown.ToJsonString(), answer.ToJsonString());
    }

    [Fact]
    public void DeadLetters_Fields_AreThoseThatAreTaken()
    {
        var section = Repository.Read(Document).Split("## Dead letters")[1].Split("```sh")[0];
        var refusal = Assert.Throws<global::FunctionApp.Http.BadParameterException>(
            () => global::FunctionApp.Http.ReplayRequest.Read(JsonDocument.Parse("""{"other":1}""").RootElement, 1));
        var taken = refusal.Message.Split("takes: ")[1].TrimEnd('.').Split(", ");
        Assert.All(taken, field => Assert.Contains($"`{field}`", section, StringComparison.Ordinal));
        Assert.Equal(7, taken.Length);
        Assert.All(new[] { FailureReason.AttemptsUsed, FailureReason.Rejected }, reason => Assert.Contains(JsonNamingPolicy.CamelCase.ConvertName($"{reason}"), section, StringComparison.Ordinal));
    }

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
