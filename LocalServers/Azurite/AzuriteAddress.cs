using System.Data.Common;
using System.Net;

namespace LocalServers.Azurite;

/// <summary>Where a connection string expects the storage emulator.</summary>
/// <param name="Host">An IP address of this machine.</param>
/// <param name="BlobPort">The blob service's port; 0 if nothing in the connection string needs it.</param>
/// <param name="QueuePort">The queue service's port.</param>
internal sealed record AzuriteAddress(string Host, int BlobPort, int QueuePort)
{
    public const string Account = "devstoreaccount1";

    /// <summary>The address that <c>UseDevelopmentStorage=true</c> stands for.</summary>
    public static AzuriteAddress Default { get; } = new("127.0.0.1", 10_000, 10_001);

    public override string ToString() => BlobPort switch
    {
        0 => $"{ShownHost}:{QueuePort}",
        _ when BlobPort == QueuePort - 1 => $"{ShownHost}:{BlobPort}-{QueuePort}",
        _ => $"{ShownHost}:{BlobPort} and {QueuePort}",
    };

    /// <summary>The address, or null if the connection string means a storage account elsewhere, or something that this program does not start.</summary>
    public static AzuriteAddress? Parse(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString)) return null;
        DbConnectionStringBuilder parts = [];
        try
        {
            parts.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            // Not a connection string: the storage client says so better.
            return null;
        }

        if (Value(parts, "UseDevelopmentStorage") is "true" or "True" or "TRUE") return Value(parts, "DevelopmentStorageProxyUri") is null ? Default : null;
        if (Value(parts, "AccountName") != Account || Local(parts, "QueueEndpoint") is not { } queue) return null;
        return new(queue.Host == "localhost" ? Default.Host : queue.Host.Trim('[', ']'), Local(parts, "BlobEndpoint")?.Port ?? 0, queue.Port);
    }

    public string ShownHost => Host.Contains(':') ? $"[{Host}]" : Host;

    private static string? Value(DbConnectionStringBuilder parts, string key) => parts.TryGetValue(key, out var value) ? (string)value : null;

    // HTTPS would need a certificate that this machine trusts: whoever made one runs the emulator too.
    private static Uri? Local(DbConnectionStringBuilder parts, string key) =>
        Uri.TryCreate(Value(parts, key), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp
            && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address))) ? uri : null;
}
