namespace LocalServers;

/// <summary>What is needed, and where it may live.</summary>
public sealed class LocalServerOptions
{
    /// <summary>
    /// The storage account in use. Only the emulator's is looked after: <c>UseDevelopmentStorage=true</c>, or <c>devstoreaccount1</c> with a queue
    /// endpoint on a loopback address over HTTP. With null or any other account nothing is done.
    /// </summary>
    public string? StorageConnectionString { get; init; }

    /// <summary>
    /// The Redis in use, as StackExchange.Redis writes it. Only a single loopback address without password and TLS is looked after. With null or any
    /// other nothing is done.
    /// </summary>
    public string? RedisConfiguration { get; init; }

    /// <summary>Where data, logs and state files live. Default: <c>.local</c> below the repository's root.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The full path that <see cref="DataFolder"/> comes to.</summary>
    public string DataPath => Path.GetFullPath(DataFolder ?? Path.Combine(RepositoryRoot.Find(), ".local"));

    /// <summary>Where npm packages are installed, shared by all runs. Default: <c>npm</c> in <see cref="DataFolder"/>.</summary>
    public string? NpmFolder { get; init; }

    /// <summary>Which program serves Redis. Default: redis-server if it is installed, else Garnet.</summary>
    public RedisKind RedisKind { get; init; } = RedisKind.Preferred;

    /// <summary>False: nothing is started, what is missing is only said. Default: true.</summary>
    public bool StartMissing { get; init; } = true;

    /// <summary>True: servers that are started keep nothing on disk. Default: false.</summary>
    public bool InMemory { get; init; }

    /// <summary>How long a started server may take until it answers; a big append-only file takes its time. Default: one minute.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a server may take to end by itself before it is killed. Default: 10 seconds.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where one line per step is written. Default: nowhere.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>True: <see cref="Output"/> is a terminal, where elapsed seconds are rewritten in place. Default: whether the console is one.</summary>
    public bool OutputIsTerminal { get; init; } = !Console.IsOutputRedirected;

    /// <summary>The clock that measures and waits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where programs are looked for, as PATH writes it. Default: this process's PATH.</summary>
    internal string? SearchPath { get; init; }
}
