using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionApp.Email;
using FunctionApp.Email.SendGrid;
using FunctionApp.Tests.FunctionApp;
using Microsoft.AspNetCore.Components;

namespace FunctionApp.Tests.Docs;

public sealed class EmailDocumentTests(RealServers servers)
{
    private const string Document = "docs/email.md";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Email_CSharp_IsWhatTheTestsRun() =>
        Assert.Contains(Assert.Single(Blocks("csharp")).Trim(), Repository.Read("FunctionApp.Tests/Docs/EmailSamples.cs"), StringComparison.Ordinal);

    [Fact]
    public void Email_Razor_IsTheTemplate() => Assert.Equal(Repository.Read("FunctionApp/Email/Templates/Welcome.razor"), Assert.Single(Blocks("razor")));

    [Fact]
    public void Email_Templates_AreAllThereAreWithTheirParameters()
    {
        var rows = Regex.Matches(Repository.Read(Document), @"^\| `(\w+)` \| (`Name`.*`) \|", RegexOptions.Multiline).Select(row => (row.Groups[1].Value, row.Groups[2].Value));
        var templates = typeof(IEmailTemplate).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IEmailTemplate)));
        Assert.Equal(
            templates.Select(type => (type.Name, string.Join(", ", type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).Select(property => $"`{property.Name}`")))).Order(),
            rows.Order());
    }

    [Fact]
    public void Configuration_SendGrid_HasAllSettingsWithTheirDefaults()
    {
        var (options, document) = (new SendGridOptions(), Repository.Read("docs/configuration.md"));
        foreach (var property in typeof(SendGridOptions).GetProperties())
        {
            Assert.Contains($"`SendGrid:{property.Name}`", document, StringComparison.Ordinal);
            Assert.Contains($"`SendGrid__{property.Name}`", Repository.Read(Document), StringComparison.Ordinal);
            if (property.GetValue(options) is { } value && $"{value}".Length > 0 && !property.IsDefined(typeof(RequiredAttribute)))
                Assert.Contains($"| `SendGrid:{property.Name}` | `{(value is bool ? "false" : value)}` |", document, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Mailbox_Curl_AnswersAsShown()
    {
        await using var app = await App.StartAsync(servers, configure: builder => builder.Services.AddJobsOf<GreetingJobs>());
        var job = await app.RunAsync("greeting.send", """{"address":"ada@example.com","name":"Ada"}""");
        Assert.Equal("succeeded", job.GetProperty("state").GetString());

        var examples = CurlExample.Of(Document, "The mailbox");
        Assert.Equal(2, examples.Count);
        var (listed, list) = (JsonNode.Parse(examples[0].Answer)![0]!, Assert.Single((await SendAsync(app, examples[0])).AsArray())!);
        Assert.Equal(job.GetProperty("id").GetString(), list["key"]!.GetValue<string>());
        Take(listed, list, "id", "sent", "key");
        Assert.Equal(listed.ToJsonString(), list.ToJsonString());

        var (shown, mail) = (JsonNode.Parse(examples[1].Answer)!, await SendAsync(app, examples[1], ("ID", list["id"]!.GetValue<string>())));
        Assert.StartsWith(shown["html"]!.GetValue<string>().TrimEnd('…'), mail["html"]!.GetValue<string>(), StringComparison.Ordinal);
        Take(shown, mail, "id", "sent", "key", "html");
        Assert.Equal(shown.ToJsonString(), mail.ToJsonString());

        using var request = new CurlExample(Blocks("sh")[^1], "").Request(app.Http.BaseAddress!);
        using var deleted = await app.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await SendAsync(app, examples[0])).AsArray());
    }

    // What is another in each run.
    private static void Take(JsonNode shown, JsonNode answer, params string[] names)
    {
        foreach (var name in names)
            shown[name] = answer[name]!.DeepClone();
    }

    private static async Task<JsonNode> SendAsync(App app, CurlExample example, params (string Name, string Value)[] variables)
    {
        using var request = example.Request(app.Http.BaseAddress!, variables);
        using var answer = await app.Http.SendAsync(request, Cancel);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }

    private static string[] Blocks(string language) =>
        [.. Regex.Matches(Repository.Read(Document), $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
}
