using System.Globalization;

namespace LocalServers.Redis;

/// <summary>Where a configuration expects a Redis of this machine.</summary>
/// <param name="Host">As configured: localhost, 127.0.0.1 or ::1.</param>
/// <param name="Port">The port.</param>
internal sealed record RedisAddress(string Host, int Port)
{
    private const int DefaultPort = 6379;

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>The address, or null if the configuration means a Redis elsewhere, or one with a password or TLS, which somebody set up by hand.</summary>
    public static RedisAddress? Parse(string? configuration)
    {
        var parts = (configuration ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] endpoints = [.. parts.Where(part => !part.Contains('='))];
        if (endpoints is not [var endpoint] || parts.Any(IsSetUpByHand)) return null;

        var (host, port) = Split(endpoint);
        if (port.Length > 0 && !int.TryParse(port, NumberStyles.None, null, out _)) return null;
        var number = port.Length > 0 ? int.Parse(port, NumberStyles.None) : DefaultPort;
        return host.ToLowerInvariant() is "localhost" or "127.0.0.1" or "::1" && number is > 0 and <= ushort.MaxValue ? new(host, number) : null;
    }

    private static bool IsSetUpByHand(string part) =>
        part.StartsWith("password=", StringComparison.OrdinalIgnoreCase) || part.StartsWith("user=", StringComparison.OrdinalIgnoreCase)
            || part.Replace(" ", "", StringComparison.Ordinal).Equals("ssl=true", StringComparison.OrdinalIgnoreCase);

    private static (string Host, string Port) Split(string endpoint)
    {
        if (endpoint == "::1") return (endpoint, "");
        var colon = endpoint.EndsWith(']') ? -1 : endpoint.LastIndexOf(':');
        return colon < 0 ? (endpoint.Trim('[', ']'), "") : (endpoint[..colon].Trim('[', ']'), endpoint[(colon + 1)..]);
    }
}
