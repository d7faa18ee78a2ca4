using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionApp.Tests.Docs;

/// <summary>A command that a document shows, and the answer that it shows below it.</summary>
/// <param name="Command">One line that begins with <c>curl</c>.</param>
/// <param name="Answer">JSON.</param>
internal sealed partial record CurlExample(string Command, string Answer)
{
    /// <summary>Those of a section.</summary>
    public static IReadOnlyList<CurlExample> Of(string document, string section)
    {
        var text = Section().Matches(Repository.Read(document)).Single(match => match.Groups[1].Value == section).Groups[2].Value;
        return [.. Example().Matches(text).Select(match => new CurlExample(match.Groups[1].Value, match.Groups[2].Value))];
    }

    /// <summary>What curl would send.</summary>
    /// <param name="server">Instead of the documents' <c>localhost:7071</c>.</param>
    /// <param name="variables">What the shell would put in.</param>
    public HttpRequestMessage Request(Uri server, params (string Name, string Value)[] variables)
    {
        var command = variables.Aggregate(Command, (text, variable) => text.Replace($"${variable.Name}", variable.Value, StringComparison.Ordinal));
        var address = Address().Match(command);
        Assert.True(address.Success, command);
        var body = Body().Match(command);
        var method = Method().Match(command) is { Success: true } given ? new(given.Groups[1].Value) : body.Success ? HttpMethod.Post : HttpMethod.Get;
        var request = new HttpRequestMessage(method, new Uri(server, address.Groups[1].Value));
        if (body.Success)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Groups[1].Value));
        foreach (Match header in Header().Matches(command))
        {
            if (header.Groups[1].Value == "Content-Type")
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(header.Groups[2].Value);
            else
                request.Headers.Add(header.Groups[1].Value, header.Groups[2].Value);
        }
        return request;
    }

    [GeneratedRegex("^## ([^\n]+)\n(.*?)(?=^## |\\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("^```sh\n(curl [^\n]+)\n```\n\n```json\n(.*?)\n```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@" '?localhost:7071(/[^\s']*)")]
    private static partial Regex Address();

    [GeneratedRegex(" -X (\\w+)")]
    private static partial Regex Method();

    [GeneratedRegex(" -H [\"']([^:]+): ([^\"']+)[\"']")]
    private static partial Regex Header();

    [GeneratedRegex(" -d '([^']*)'")]
    private static partial Regex Body();
}
