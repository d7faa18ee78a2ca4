using LocalServers.Processes;

namespace LocalServers;

/// <summary>What differs between the servers: where they answer, how one recognises them, how they are started.</summary>
internal abstract class ServerRecipe
{
    /// <summary>As it is shown: <c>Azurite</c>.</summary>
    public abstract string Name { get; }

    /// <summary>As its files are called: <c>azurite</c>.</summary>
    public string Key => Name.ToLowerInvariant();

    /// <summary>Host and port or ports, as shown.</summary>
    public abstract string Address { get; }

    /// <summary>The port that stands for the server in its state file.</summary>
    public abstract int Port { get; }

    /// <summary>How to get one running without this program; ends a message about one that is missing.</summary>
    public abstract string WaysOut { get; }

    /// <summary>Asks what is at the address.</summary>
    public abstract Task<ProbeAnswer> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Installs what is needed and says how to start it.</summary>
    public abstract Task<ServerCommand> PrepareAsync(CancellationToken cancellationToken);
}
