using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lovage.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.OpenApi;

public sealed partial class ApiDocumentTests(RealServers servers) : IAsyncLifetime
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    private App app = null!;
    private JsonNode document = null!;

    public async ValueTask InitializeAsync()
    {
        app = await App.StartAsync(servers);
        document = (await app.Http.GetFromJsonAsync<JsonNode>(new Uri("api/openapi.json", UriKind.Relative)))!;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Document_IsValidOpenApi() => await OpenApiCheck.AssertAsync(servers, document);

    [Fact]
    public void Operations_AreTheHttpFunctionsAndTheJobs()
    {
        var functions = typeof(Composition).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
            .Select(trigger => $"{trigger.Methods!.Single()} /{trigger.Route}").ToList();
        // One function, and an address for each job.
        Assert.True(functions.Remove("post /jobs/{name}"));
        var jobs = app.Services.GetRequiredService<JobRegistry>().Names.Select(name => $"post /jobs/{name}");
        var documented = from path in document["paths"]!.AsObject()
                         from method in path.Value!.AsObject()
                         where Methods.Contains(method.Key)
                         select $"{method.Key} {path.Key}";
        Assert.Equal(functions.Concat(jobs).Order(), documented.Order());
    }

    [Fact]
    public void Operations_HaveTheirOwnIds_AndATagOfTheDocument()
    {
        var operations = Operations().ToArray();
        Assert.Distinct(operations.Select(operation => (string)operation["operationId"]!));
        var tags = document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToArray();
        Assert.All(operations, operation => Assert.Contains((string)operation["tags"]![0]!, tags));
    }

    [Fact]
    public void Problems_AreAllThereWithTheirStatus()
    {
        var code = Repository.Read("FunctionApp/Http/Problems.cs") + Repository.Read("FunctionApp/Accounts/AccountProblems.cs");
        var made = ProblemType().Matches(code).Select(match => match.Groups[1].Value).Where(type => type.Contains('-', StringComparison.Ordinal) || type == "forbidden");
        var documented = (from schema in document["components"]!["schemas"]!.AsObject()
                          where schema.Key.EndsWith("Problem", StringComparison.Ordinal)
                          from type in Types(schema.Value!["properties"]!["type"]!)
                          select type).Distinct();
        Assert.Equal(made.Append("unauthorized").Select(type => $"urn:lovage:problem:{type}").Distinct().Order(), documented.Order());
    }

    [Fact]
    public void References_AllLeadSomewhere_AndNothingIsUnused()
    {
        var components = document["components"]!.AsObject().SelectMany(kind => kind.Value!.AsObject().Select(one => $"#/components/{kind.Key}/{one.Key}"))
            .Where(name => !name.Contains("/securitySchemes/", StringComparison.Ordinal));
        Assert.Equal(components.Order(), References(document).Distinct().Order());
    }

    [Fact]
    public void JobParameters_AreThoseOfTheDocumentation()
    {
        var section = Repository.Read("docs/http-api.md").Split("\n## ").Single(text => text.StartsWith("What a caller says of a job", StringComparison.Ordinal));
        var described = ParameterRow().Matches(section).SelectMany(row => new[] { row.Groups[1].Value, row.Groups[2].Value }).Where(name => name.Length > 0);
        var documented = document["paths"]!["/jobs/math.add"]!["post"]!["parameters"]!.AsArray().Select(parameter => (string)Resolve(parameter!)["name"]!);
        Assert.Equal(described.Order(), documented.Order());
    }

    [Fact]
    public async Task Documentation_OfARefusedArgument_IsTheAnswer()
    {
        var shown = RefusedArgument().Match(Repository.Read("docs/http-api.md")).Groups[1].Value;
        using var answer = await app.PostJobAsync("demo.sleep", """{"seconds":-1}""");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(shown), await answer.Content.ReadFromJsonAsync<JsonNode>()), shown);
    }

    [Fact]
    public void StatesAndReasons_AreTheEngines()
    {
        Assert.Equal(Names<JobState>(), Enum("JobState"));
        Assert.Equal(Names<FailureReason>(), Enum("FailureReason"));
    }

    [Fact]
    public async Task Document_IsKept_AndNotSentToWhoHasIt()
    {
        using var first = await app.Http.GetAsync(new Uri("api/openapi.json", UriKind.Relative));
        Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true });
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/openapi.json") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await app.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotModified, 0L), (second.StatusCode, second.Content.Headers.ContentLength ?? 0));
        using var other = new HttpRequestMessage(HttpMethod.Get, "api/openapi.json") { Headers = { IfNoneMatch = { new EntityTagHeaderValue("\"other\"") } } };
        using var third = await app.Http.SendAsync(other);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Theory]
    [InlineData("api", "/api")]
    [InlineData("/", "/")]
    [InlineData("work/v2", "/work/v2")]
    public async Task Servers_AreBelowTheRoutePrefix(string prefix, string expected)
    {
        await using var other = await App.StartAsync(servers, new Dictionary<string, string?> { ["AzureFunctionsJobHost:extensions:http:routePrefix"] = prefix });
        var path = $"{prefix}/openapi.json".TrimStart('/');
        foreach (var address in new[] { path, path.ToUpperInvariant() })
        {
            var answer = await other.Http.GetFromJsonAsync<JsonNode>(new Uri(address, UriKind.Relative));
            Assert.Equal(expected, (string?)answer!["servers"]![0]!["url"], ignoreCase: true);
        }
    }

    private IEnumerable<JsonNode> Operations() => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Where(method => Methods.Contains(method.Key)).Select(method => method.Value!));

    private JsonNode Resolve(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference.Split('/').Skip(1).Aggregate(document, (at, step) => at[step]!)
        : node;

    private IEnumerable<string> Enum(string schema) => document["components"]!["schemas"]![schema]!["enum"]!.AsArray().Select(value => (string)value!);

    private static IEnumerable<string> Names<T>() where T : struct, Enum => System.Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName);

    private static IEnumerable<string> Types(JsonNode type) =>
        (type["enum"]?.AsArray().Select(value => (string)value!) ?? [(string?)type["const"] ?? ""]).Where(value => value.Length > 0);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject schema => schema.SelectMany(one => one.Key == "$ref" ? [(string)one.Value!] : References(one.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("\"([a-z-]{6,})\", \"[A-Z]")]
    private static partial Regex ProblemType();

    [GeneratedRegex("^(\\{.*invalid-arguments.*\\})$", RegexOptions.Multiline)]
    private static partial Regex RefusedArgument();

    [GeneratedRegex(@"^\| (?:`(\w+)` )?\| `([\w-]+)[^`]*` \| ", RegexOptions.Multiline)]
    private static partial Regex ParameterRow();
}
