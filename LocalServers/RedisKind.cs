namespace LocalServers;

/// <summary>The programs that speak the Redis protocol.</summary>
public enum RedisKind
{
    /// <summary>redis-server if a usable one is installed, else Garnet.</summary>
    Preferred,

    /// <summary>redis-server, version 7 or later, found on PATH.</summary>
    RedisServer,

    /// <summary>Garnet, a .NET tool that needs no installation.</summary>
    Garnet,
}
