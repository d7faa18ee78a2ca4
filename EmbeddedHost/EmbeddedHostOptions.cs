using System.Reflection;

namespace EmbeddedHost;

/// <summary>How an app is hosted in this process.</summary>
public sealed class EmbeddedHostOptions
{
    /// <summary>The command line, read as configuration (<c>--key value</c>). Default: none.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>
    /// Where to listen: <c>localhost</c>, or an IP address, such as <c>0.0.0.0</c> for every IPv4 address of this machine. Without keys in the section
    /// <c>FunctionKeys</c> only a loopback address is taken. Default: localhost.
    /// </summary>
    public string Address { get; init; } = "localhost";

    /// <summary>The port at the address; 0 takes a free one. Default: 7071, as Core Tools.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>The assembly whose functions are hosted. Default: the entry assembly.</summary>
    public Assembly? FunctionAssembly { get; init; }

    /// <summary>The folder with host.json and local.settings.json. Default: the program's own.</summary>
    public string ContentRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>Settings that win over every other source. Default: none.</summary>
    public IDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether local.settings.json is read, if it is there. Default: true.</summary>
    public bool UseLocalSettings { get; init; } = true;

    /// <summary>How long running invocations may go on after a stop was asked for, before their tokens fire. Default: 10 s, as the stock host.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long invocations may go on after their tokens fired. Default: 4 s, as the stock host.</summary>
    public TimeSpan CancelTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long a received message is hidden from others; renewed at half of it. Default: 30 s. The stock host's 10 minutes would hide the messages of a
    /// killed process for that long. At least 2 s: the queue service counts in whole seconds.
    /// </summary>
    public TimeSpan MessageLease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Exactly these classes instead of an assembly's: each test sees only its own functions.</summary>
    internal IReadOnlyList<Type>? FunctionTypes { get; init; }
}
