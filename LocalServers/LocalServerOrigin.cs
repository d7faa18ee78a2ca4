namespace LocalServers;

/// <summary>Where a local server came from, and so who stops it.</summary>
public enum LocalServerOrigin
{
    /// <summary>Nothing answers, and starting was switched off.</summary>
    Missing,

    /// <summary>It was running already and belongs to somebody else: it is left alone.</summary>
    Found,

    /// <summary>A run that ended without stopping it left it behind: this run stops it.</summary>
    Adopted,

    /// <summary>This run started it, and stops it.</summary>
    Started,
}
