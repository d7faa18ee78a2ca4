using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Tests.Docs;

public sealed partial class HttpApiDocumentTests
{
    [Fact]
    public void Requests_AreThoseOfTheFunctions()
    {
        var functions = typeof(Composition).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .Select(trigger => $"{trigger.Methods!.Single().ToUpperInvariant()} /{trigger.Route}");
        var documented = Request().Matches(Repository.Read("docs/http-api.md")).Select(match => match.Groups[1].Value);
        Assert.Equal(functions.Order(), documented.Order());
    }

    [Fact]
    public void Problems_AreAllDescribed()
    {
        var code = Repository.Read("FunctionApp/Http/Problems.cs") + Repository.Read("FunctionApp/Accounts/AccountProblems.cs");
        var made = ProblemType().Matches(code).Select(match => match.Groups[1].Value).Where(type => type.Contains('-', StringComparison.Ordinal) || type == "forbidden");
        var document = Repository.Read("docs/http-api.md");
        Assert.All(made, type => Assert.Contains($"`{type}`", document, StringComparison.Ordinal));
        Assert.Contains("`urn:lovage:problem:`", document, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| `((?:GET|POST|PUT|DELETE) /[^`?]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Request();

    [GeneratedRegex("\"([a-z-]{6,})\", \"[A-Z]")]
    private static partial Regex ProblemType();
}
