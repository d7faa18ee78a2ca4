using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionApp.Http;
using Lovage.DeadLetters;
using Microsoft.Extensions.Options;

namespace FunctionApp.Hosting.Admin.DeadLetters;

/// <summary>Which dead letters: read as the API reads the body of a replay, with the same words about what cannot be read.</summary>
internal sealed class DeadLetterOptions
{
    private readonly Option<string> name = new("--name") { Description = "Only jobs of this name." };
    private readonly Option<string> reason = new("--reason") { Description = "Only those that failed for this: attemptsUsed, rejected, …" };
    private readonly Option<string> from = new("--from") { Description = "Only those that failed then or later, a time such as 2027-01-31T08:00:00Z." };
    private readonly Option<string> to;
    private readonly Option<int> limit;

    /// <param name="defaultLimit">So many, unless it is said.</param>
    /// <param name="to">How the option is called that goes on where the page before ended.</param>
    public DeadLetterOptions(int defaultLimit, string to)
    {
        this.to = new(to) { Description = "Only those that failed then or earlier: also how the next page is asked for." };
        limit = new("--limit") { Description = "So many at most, the newest first.", DefaultValueFactory = _ => defaultLimit };
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[name, reason, from, to, limit])
            command.Options.Add(option);
    }

    /// <exception cref="BadParameterException">One cannot be used.</exception>
    public DeadLetterFilter Read(ParseResult parsed, Verb verb)
    {
        var body = new JsonObject { ["limit"] = parsed.GetValue(limit) };
        foreach (var (field, option) in new[] { ("name", name), ("reason", reason), ("from", from), ("to", to) })
        {
            if (parsed.GetValue(option) is { } text)
                body[field] = text;
        }
        return ReplayRequest.Read(JsonSerializer.SerializeToElement(body), verb.Get<IOptions<ApiOptions>>().Value.MaxReplays).Filter;
    }

    /// <summary>A time as these options take it.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
