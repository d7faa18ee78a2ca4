using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FunctionApp.Tests.FunctionApp;
using FunctionApp.Tests.FunctionApp.Http.Bulk;

namespace FunctionApp.Tests.Docs;

public sealed class BulkDocumentTests(RealServers servers)
{
    [Fact]
    public async Task HttpApi_ManyJobs_AreAnsweredAsShown()
    {
        await using var app = await App.StartAsync(servers);
        var (status, answer) = await app.PostJobsAsync(Block("ndjson"), BulkCaller.Ndjson);
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(Shape(JsonDocument.Parse(Block("json")).RootElement), Shape(answer));
    }

    // Ids, addresses and the list of jobs are another app's.
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(field => $"{field.Name}:{(field.Name is "id" or "statusUrl" or "known" ? "…" : Shape(field.Value))}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Shape))}]",
        _ => element.ToString(),
    };

    private static string Block(string language)
    {
        var document = Repository.Read("docs/http-api.md");
        var section = document[document.IndexOf("## Many jobs at once", StringComparison.Ordinal)..];
        return Regex.Match(section, $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
    }
}
