using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>What a person reads.</summary>
/// <param name="console">Where.</param>
/// <param name="isColoured">Whether the answer may have colours.</param>
internal sealed class Page(AdminConsole console, bool isColoured)
{
    private const string Plain = "\e[0m";

    public void Line(string text) => console.Out.WriteLine(text);

    /// <summary>What is not the answer.</summary>
    public void Note(string text) => console.Error.WriteLine(text);

    /// <summary>A state in its colour, as wide as its column.</summary>
    public string Coloured(JobState state, string text) => isColoured && ColourOf(state) is { } colour ? $"{colour}{text}{Plain}" : text;

    private static string? ColourOf(JobState state) => state switch
    {
        JobState.Succeeded => "\e[32m",
        JobState.Failed => "\e[31m",
        JobState.Running => "\e[36m",
        JobState.Cancelled or JobState.Expired => "\e[33m",
        _ => null,
    };
}
