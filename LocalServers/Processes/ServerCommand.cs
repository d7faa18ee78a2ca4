namespace LocalServers.Processes;

/// <summary>How a server is started.</summary>
/// <param name="Description">Name and version, for the report.</param>
/// <param name="Program">The full path of the program.</param>
/// <param name="Arguments">What it is called with.</param>
/// <param name="DataFolder">Where it keeps its data; null if it keeps nothing.</param>
internal sealed record ServerCommand(string Description, string Program, IReadOnlyList<string> Arguments, string? DataFolder);
