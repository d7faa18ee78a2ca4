using Npgsql;

namespace FunctionApp.Accounts.Database;

/// <summary>Asks whether the database's server answers, before somebody who waits needs it.</summary>
internal static class DatabaseProbe
{
    /// <returns>Why it does not; null if it does, or if the database is a file.</returns>
    /// <exception cref="DatabaseNotReadyException">The setting is missing.</exception>
    public static async Task<string?> AskAsync(DatabaseSetting setting, CancellationToken cancellation)
    {
        var connectionString = setting.Require();
        if (!setting.IsPostgres)
            return null;
        try
        {
            // While a server that took the connection says nothing, the client heeds its own timeout alone.
            await OpenAsync(connectionString, cancellation).WaitAsync(cancellation);
            return null;
        }
        // It answers. What it refuses, it will refuse again, and say why.
        catch (PostgresException e) when (!e.IsTransient)
        {
            return null;
        }
        catch (NpgsqlException e)
        {
            return e.GetBaseException().Message;
        }
    }

    private static async Task OpenAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
    }
}
