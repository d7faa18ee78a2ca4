using System.Data.Common;
using FunctionApp.Configuration;
using FunctionApp.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace FunctionApp.Accounts.Database;

/// <summary>
/// The setting <c>Database</c>: where accounts are kept. <c>Data Source=…</c> is an SQLite file, <c>Host=…</c> a PostgreSQL server. In development, and
/// only there, it may be missing: then it is <c>lovage.db</c> in the folder of the local servers, <c>.local</c>.
/// </summary>
/// <param name="ConnectionString">Null if it is not set and there is no default here.</param>
/// <param name="IsPostgres">Else it is SQLite.</param>
internal sealed record DatabaseSetting(string? ConnectionString, bool IsPostgres)
{
    public const string Name = "Database";

    /// <summary>Host and port of the PostgreSQL server, to be shown: without what stands beside them.</summary>
    public string Endpoint
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(IsPostgres ? ConnectionString : null);
            return string.Join(", ", (parts.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Select(host => host.Contains(':') ? host : $"{host}:{parts.Port}"));
        }
    }

    /// <exception cref="SettingException">It is neither.</exception>
    public static DatabaseSetting Read(IConfiguration configuration, bool isDevelopment)
    {
        if (configuration[Name] is not { Length: > 0 } text)
            return new(isDevelopment ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(DataFolder.Of(configuration), "lovage.db") }.ConnectionString : null, IsPostgres: false);
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            if (parts.ContainsKey("Host") || parts.ContainsKey("Server"))
            {
                _ = new NpgsqlConnectionStringBuilder(text);
                return new(text, IsPostgres: true);
            }
            if (parts.ContainsKey("Data Source") || parts.ContainsKey("DataSource") || parts.ContainsKey("Filename"))
            {
                _ = new SqliteConnectionStringBuilder(text);
                return new(text, IsPostgres: false);
            }
        }
        // A word that the database's client does not know, or a value that it cannot take.
        catch (ArgumentException)
        {
        }
        throw Bad();
    }

    /// <exception cref="DatabaseNotReadyException">It is missing.</exception>
    public string Require() => ConnectionString
        ?? throw new DatabaseNotReadyException($"{Name} is not set: accounts need a PostgreSQL server, \"Host=server;Database=name;Username=name;Password=…\".");

    // Not the value: it may hold a password.
    private static SettingException Bad() => new(
        $"{Name} is no connection string: it takes \"Data Source=file.db\" for SQLite, or \"Host=server;Database=name;Username=name;Password=…\" for PostgreSQL.");
}
