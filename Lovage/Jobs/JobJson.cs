using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lovage.Jobs;

/// <summary>How arguments and results are written: camelCase, enums by name, numbers are numbers.</summary>
internal static class JobJson
{
    // The default encoder escapes all but ASCII, so what we write never holds a character that the queue's XML forbids.
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
