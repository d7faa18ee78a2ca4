namespace FunctionApp.Hosting.Admin;

/// <summary>Where a verb reads and writes, and which of it a person sees.</summary>
/// <param name="In">What a person answers, and arguments from a pipe. Opened by who reads: on a terminal that changes its mode.</param>
/// <param name="Out">The answer alone.</param>
/// <param name="Error">Everything else.</param>
internal sealed record AdminConsole(Func<TextReader> In, TextWriter Out, TextWriter Error)
{
    /// <summary>The next key that is pressed, shown to nobody.</summary>
    public Func<ConsoleKeyInfo> Key { get; init; } = () => Console.ReadKey(intercept: true);

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public static AdminConsole OfProcess() => new(() => Console.In, Console.Out, Console.Error)
    {
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };
}
