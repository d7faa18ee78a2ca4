using System.Data.Common;
using System.Net;
using FunctionApp.Accounts.Database;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting.Admin;

/// <summary>Where the settings say that a server is, to be shown: never with the passwords and keys that stand beside it.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Setting">The setting that has it.</param>
/// <param name="Endpoint">Host and port.</param>
internal sealed record ServerAddress(string Name, string Setting, string Endpoint)
{
    // What comes before it in the engine's errors is said here already.
    private const string Prefix = " is unavailable: ";

    // What UseDevelopmentStorage=true stands for.
    private const string Emulator = "127.0.0.1:10001";

    /// <summary>Whether <c>services</c> can start one.</summary>
    public bool IsOfServices { get; init; } = true;

    /// <summary>True if <c>services</c> starts it.</summary>
    public bool IsLocal => IsOfServices && Uri.TryCreate($"tcp://{Endpoint}", UriKind.Absolute, out var uri)
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));

    /// <summary>One line for who would use it.</summary>
    /// <param name="error">What the engine says of it, or what was seen.</param>
    public string Explain(string error) => $"{Name} does not answer on {Endpoint} ({error[(error.IndexOf(Prefix, StringComparison.Ordinal) is var at and >= 0 ? at + Prefix.Length : 0)..].TrimEnd('.')}). "
        + (IsLocal ? $"Start it: {ThisProgram.Line("services")}" : $"Is the setting {Setting} right?");

    public static ServerAddress OfStore(IConfiguration configuration) => new("Redis", "Redis", string.Join(
        ", ", (configuration["Redis"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(part => !part.Contains('='))));

    public static ServerAddress OfDatabase(DatabaseSetting setting) => new("PostgreSQL", DatabaseSetting.Name, setting.Endpoint) { IsOfServices = false };

    public static ServerAddress OfQueue(IConfiguration configuration)
    {
        // The settings were checked: the storage client takes it.
        var parts = new DbConnectionStringBuilder { ConnectionString = configuration["AzureWebJobsStorage"] };
        string? Value(string key) => parts.TryGetValue(key, out var value) ? (string)value : null;
        return new("Storage", "AzureWebJobsStorage", Uri.TryCreate(Value("QueueEndpoint"), UriKind.Absolute, out var endpoint) ? endpoint.Authority
            : Value("AccountName") is { } account ? $"{account}.queue.{Value("EndpointSuffix") ?? "core.windows.net"}"
            : Emulator);
    }
}
