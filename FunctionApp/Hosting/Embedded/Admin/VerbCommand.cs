using System.CommandLine;

namespace FunctionApp.Hosting.Admin;

/// <summary>A verb as the parser knows it.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">What it does, in a sentence.</param>
/// <param name="examples">What may be typed after the program's name, ends its help.</param>
internal sealed class VerbCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What else its help has to say.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}
