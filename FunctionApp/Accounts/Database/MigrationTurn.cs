using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FunctionApp.Accounts.Database;

/// <summary>
/// Lets one process at a time migrate a database: so each can tell what it has done itself. The turn ends with its process, however that ends. EF Core takes a lock of
/// its own within; in an SQLite file that is a row, which a killed process leaves behind, and everyone after it would wait for ever.
/// </summary>
internal sealed class MigrationTurn : IDisposable
{
    // Any number that nobody else uses for a lock in this database: "Lovage" in ASCII.
    private const long Key = 0x4C_6F_76_61_67_65;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // That somebody else has the file: as Windows, Linux and macOS say it.
    private static readonly int[] Taken = [unchecked((int)0x80070020), 11, 35];

    private readonly DatabaseFacade database;
    private readonly FileStream? file;

    private MigrationTurn(DatabaseFacade database, FileStream? file) => (this.database, this.file) = (database, file);

    /// <summary>Waits until nobody else migrates this database; makes it if it is not there.</summary>
    public static MigrationTurn Take(DatabaseFacade database)
    {
        MakeDatabase(database.GetService<IRelationalDatabaseCreator>());
        database.OpenConnection();
        if (database.IsSqlite())
        {
            // Of an open connection it is the whole path; empty if it is in memory, where nobody else can be.
            var turn = new MigrationTurn(database, database.GetDbConnection().DataSource is { Length: > 0 } path ? Wait($"{path}-migrating") : null);
            DeleteRowOfKilled(database);
            return turn;
        }
        database.ExecuteSql($"SELECT pg_advisory_lock({Key})");
        return new(database, null);
    }

    public void Dispose()
    {
        file?.Dispose();
        // A connection that broke has let go already.
        if (database.IsNpgsql() && database.GetDbConnection().State is ConnectionState.Open)
            database.ExecuteSql($"SELECT pg_advisory_unlock({Key})");
        database.CloseConnection();
    }

    private static FileStream Wait(string path)
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (Taken.Contains(e.HResult))
            {
                // Nothing tells when a file is let go, and this is a thread that may wait.
                CancellationToken.None.WaitHandle.WaitOne(Pause);
            }
        }
    }

    private static void DeleteRowOfKilled(DatabaseFacade database)
    {
        if (database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'").Single() > 0)
            database.ExecuteSql($"DELETE FROM \"__EFMigrationsLock\"");
    }

    // EF Core's own way: it also makes readers and a writer of an SQLite file not wait for each other.
    private static void MakeDatabase(IRelationalDatabaseCreator creator)
    {
        if (creator.Exists())
            return;
        try
        {
            creator.Create();
        }
        // Somebody else made it at the same moment: the server notices before or after it has looked.
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
        }
    }
}
