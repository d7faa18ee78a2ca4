using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Accounts.Database;

/// <summary>
/// Sees to the database's tables before its first use in this process: in development it makes them, elsewhere it says what is missing, as only an operator
/// may change a database that is in use. Whatever opens a connection comes by here.
/// </summary>
internal sealed class DatabaseUpkeep(IServiceScopeFactory scopes, DatabaseSetting setting, IHostEnvironment environment, TimeProvider time) : DbConnectionInterceptor
{
    // What databases understand by no seconds.
    private const int NoLimit = 0;

    // Many wait for the same answer: who comes right after a failure need not try, and wait for a timeout, once more.
    private static readonly TimeSpan FailureStands = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private Task? ready;
    private long failedAt;

    // Of the call that makes the tables: its own connections are let through.
    private readonly AsyncLocal<bool> isWorking = new();

    /// <inheritdoc/>
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        // The key ring is read synchronously.
        if (!isWorking.Value)
            EnsureReadyAsync().GetAwaiter().GetResult();
        return result;
    }

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (!isWorking.Value)
            await EnsureReadyAsync().WaitAsync(cancellationToken);
        return result;
    }

    /// <summary>Brings the tables up to date.</summary>
    /// <returns>The names of the migrations that were applied, by this call and no other.</returns>
    /// <exception cref="DatabaseNotReadyException">The setting is missing.</exception>
    public IReadOnlyList<string> Migrate()
    {
        setting.Require();
        isWorking.Value = true;
        try
        {
            using var scope = scopes.CreateScope();
            var database = scope.ServiceProvider.GetRequiredService<AccountsDb>().Database;
            MakeFolder();
            if (!database.GetPendingMigrations().Any())
                return [];
            // A change of a large table takes its time, and so does one that somebody else makes.
            database.SetCommandTimeout(NoLimit);
            using var turn = MigrationTurn.Take(database);
            string[] pending = [.. database.GetPendingMigrations()];
            if (pending.Length > 0)
                database.Migrate();
            return pending;
        }
        finally
        {
            isWorking.Value = false;
        }
    }

    // Once in a process, on a thread of its own: however many ask meanwhile, they wait for it without holding theirs.
    private Task EnsureReadyAsync()
    {
        lock (gate)
        {
            if (ready is { IsFaulted: true } && time.GetElapsedTime(failedAt) > FailureStands)
                ready = null;
            return ready ??= Task.Run(Prepare);
        }
    }

    private void Prepare()
    {
        try
        {
            setting.Require();
            if (environment.IsDevelopment())
                Migrate();
            else
                Check();
        }
        catch
        {
            failedAt = time.GetTimestamp();
            throw;
        }
    }

    private void Check()
    {
        isWorking.Value = true;
        try
        {
            using var scope = scopes.CreateScope();
            string[] pending = [.. scope.ServiceProvider.GetRequiredService<AccountsDb>().Database.GetPendingMigrations()];
            if (pending.Length > 0)
                throw new DatabaseNotReadyException($"The database lacks {pending.Length} migrations, first {pending[0]}. Apply them with: dotnet run --project FunctionApp -- db migrate");
        }
        finally
        {
            isWorking.Value = false;
        }
    }

    private void MakeFolder()
    {
        if (!setting.IsPostgres && Path.GetDirectoryName(new SqliteConnectionStringBuilder(setting.ConnectionString).DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }
}
