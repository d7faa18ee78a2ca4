using Microsoft.Data.Sqlite;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Database;

public sealed class SqliteMigrateTests(RealServers servers) : MigrateContract(servers)
{
    protected override Task<string> NewDatabaseAsync() => Task.FromResult($"Data Source={Path.Combine(Servers.NewFolder(), "new", "accounts.db")}");

    [Fact]
    public async Task Migrate_NewFile_LetsReadersAndAWriterAtItAtOnce()
    {
        var database = await NewDatabaseAsync();
        (await (await NewCliAsync("Production")).With("Database", database).RunAsync("db", "migrate")).Expect(0);
        Assert.Equal("wal", await AskAsync(database, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Migrate_AfterOneThatWasKilled_DoesNotWaitForIt()
    {
        var file = Path.Combine(Servers.NewFolder(), "accounts.db");
        // What EF Core leaves.
        await AskAsync($"Data Source={file}", """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
            """);
        var answer = await (await NewCliAsync("Production")).With("Database", $"Data Source={file}").RunAsync("db", "migrate");
        Assert.StartsWith("applied  ", answer.Expect(0).Out, StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Where(name => !name.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Migrate_NoDatabaseFile_IsSaidInOneLine()
    {
        var file = Path.Combine(Servers.NewFolder(), "accounts.db");
        await File.WriteAllTextAsync(file, new string('x', 5_000), TestContext.Current.CancellationToken);
        var answer = (await (await NewCliAsync("Production")).With("Database", $"Data Source={file}").RunAsync("db", "migrate")).Expect(2);
        Assert.Equal("The database does not answer: SQLite Error 26: 'file is not a database'.", Assert.Single(answer.ErrorLines));
    }

    private static async Task<string?> AskAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)) as string;
    }
}
