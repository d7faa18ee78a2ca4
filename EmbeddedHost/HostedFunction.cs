namespace EmbeddedHost;

/// <summary>A function of the app.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Trigger">What runs it.</param>
/// <param name="Methods">The HTTP methods it answers; empty means all. Empty for other triggers.</param>
/// <param name="Url">The address of an HTTP function, with its route's placeholders.</param>
/// <param name="Queue">The queue of a queue function, settings replaced.</param>
/// <param name="Schedule">The schedule of a timer function, settings replaced.</param>
/// <param name="Disabled">Whether <c>AzureWebJobs.{name}.Disabled</c> switches it off.</param>
public sealed record HostedFunction(
    string Name,
    TriggerKind Trigger,
    IReadOnlyList<string> Methods,
    string? Url,
    string? Queue,
    string? Schedule,
    bool Disabled);
