using System.CommandLine;
using System.Text.Json;
using FunctionApp.Http;

namespace FunctionApp.Hosting.Admin.Calling;

/// <summary>A job's arguments, from its options and from <c>--args</c>, as the JSON that callers over HTTP send. What is wrong with them the engine says.</summary>
internal static class GivenArguments
{
    private const string StandardInput = "-";

    /// <exception cref="BadParameterException">They cannot be put together.</exception>
    public static async Task<JsonElement> ReadAsync(ParseResult parsed, IReadOnlyList<JobOption> options, string? args, Func<TextReader> input)
    {
        var whole = args is null ? (JsonElement?)null : Parse(args == StandardInput ? await input().ReadToEndAsync() : args);
        var given = options.Where(option => option.Option is not null && parsed.GetResult(option.Option) is { Implicit: false }).ToArray();
        var others = Others(parsed.UnmatchedTokens);
        if (whole is { ValueKind: not JsonValueKind.Object } only)
            return given.Length + others.Count == 0 ? only : throw Bad("Options add to an object: give --args one, or all arguments in --args.");
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            // One that is given twice is written twice: the engine refuses it.
            foreach (var property in whole?.EnumerateObject() ?? default)
                property.WriteTo(json);
            foreach (var option in given)
                Write(json, option, parsed.GetValue(option.Option!));
            foreach (var (name, value) in others)
                Write(json, options.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), name, value);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(text.ToArray());
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter json, JobOption option, string? text)
    {
        if (text is null)
            option.WriteBare(json);
        else
            option.Write(json, text);
    }

    // The parser tells upper from lower case, the engine does not.
    private static void Write(Utf8JsonWriter json, JobOption? option, string name, string? value)
    {
        if (option is not null)
            Write(json, option, value);
        else
            json.WriteString(name, value ?? "");
    }

    private static List<(string Name, string? Value)> Others(IReadOnlyList<string> words)
    {
        var found = new List<(string Name, string? Value)>();
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal) && word.Split('=', 2) is var parts)
                found.Add((!JobOption.IsTaken(parts[0][2..]) ? parts[0][2..] : throw Bad($"'{parts[0]}' is given after the job's name, as it is written here."), parts.Length == 2 ? parts[1] : null));
            else if (found is [.., (var name, null)])
                found[^1] = (name, word);
            else
                throw Bad($"'{word}' belongs to no option: arguments are given as --name value.");
        }
        return found;
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw Bad($"--args is not JSON: {e.Message}");
        }
    }

    private static BadParameterException Bad(string message) => new("args", message);
}
