using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lovage.Jobs;

/// <summary>How arguments and results are written: camelCase, enums by name, numbers are numbers.</summary>
public static class JobJson
{
    // The default encoder escapes all but ASCII, so what we write never holds a character that the queue's XML forbids.
    /// <summary>The options that the engine reads and writes them with. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            // By a number an enum could be what it has no name for.
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
