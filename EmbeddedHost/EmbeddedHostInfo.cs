namespace EmbeddedHost;

/// <summary>What a started host serves: a singleton service, complete before <c>IHostApplicationLifetime.ApplicationStarted</c> fires.</summary>
public sealed class EmbeddedHostInfo
{
    private Uri? baseAddress;

    internal EmbeddedHostInfo(QueueSettings queues, bool asksForKeys) => (Queues, AsksForKeys) = (queues, asksForKeys);

    /// <summary>Where the host listens, such as <c>http://localhost:7071/</c>.</summary>
    /// <exception cref="InvalidOperationException">The host has not been started.</exception>
    public Uri BaseAddress => baseAddress ?? throw new InvalidOperationException("The host has no address yet: start it first.");

    /// <summary>Every function of the app, by name; disabled ones too.</summary>
    public IReadOnlyList<HostedFunction> Functions { get; private set; } = [];

    /// <summary>How the queue functions are run: host.json with its overrides.</summary>
    public QueueSettings Queues { get; }

    /// <summary>Whether callers of HTTP functions need a key: some are set in the section <c>FunctionKeys</c>.</summary>
    public bool AsksForKeys { get; }

    internal void Fill(Uri address, IReadOnlyList<HostedFunction> functions)
    {
        baseAddress = address;
        Functions = functions;
    }
}
