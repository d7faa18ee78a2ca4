using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FunctionApp.OpenApi;

/// <summary>What a doc comment says, as text; code in it is between backticks, as OpenAPI's descriptions have it.</summary>
internal sealed partial class DocComment(XElement? member)
{
    public string? Summary => Text(member?.Element("summary"));

    public string? Returns => Text(member?.Element("returns"));

    /// <summary>The summary's first sentence, without its full stop.</summary>
    public string? FirstSentence => Summary is { } summary ? SentenceEnd().Split(summary, 2)[0].TrimEnd('.') : null;

    /// <summary>The rest of the summary, if there is more.</summary>
    public string? AfterFirstSentence => Summary is { } summary && SentenceEnd().Split(summary, 2) is [_, var rest] ? rest : null;

    public string? Parameter(string name) => Text(member?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == name));

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var text = Space().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{(string?)name.Attribute("name")}`",
        XElement { Name.LocalName: "see" or "seealso", IsEmpty: true } see => $"`{Short((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? "")}`",
        XElement other => $" {string.Concat(other.Nodes().Select(Text))} ",
        _ => "",
    };

    // M:Namespace.Type.Member(System.String) is Member to a reader.
    private static string Short(string cref) => cref.Split('(')[0].Split('.', ':')[^1];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=[.]) ")]
    private static partial Regex SentenceEnd();
}
