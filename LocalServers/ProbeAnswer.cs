namespace LocalServers;

/// <summary>What was found at a server's address.</summary>
/// <param name="State">Whether it is what is needed.</param>
/// <param name="Description">Name and version of what answered, or what it said.</param>
internal sealed record ProbeAnswer(ProbeState State, string Description)
{
    public static ProbeAnswer Nothing { get; } = new(ProbeState.Nothing, "");
}

internal enum ProbeState
{
    /// <summary>The port is closed.</summary>
    Nothing,

    /// <summary>The right server, still reading its data.</summary>
    Loading,

    /// <summary>The right server, ready.</summary>
    Ready,

    /// <summary>Something else has the port.</summary>
    Stranger,
}
