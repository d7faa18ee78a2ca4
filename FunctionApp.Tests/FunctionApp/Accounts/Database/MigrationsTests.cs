using FunctionApp.Accounts.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Accounts.Database;

public sealed class MigrationsTests(RealServers servers)
{
    [Theory]
    [InlineData("Data Source=never-opened.db", typeof(SqliteAccountsDb))]
    [InlineData("Host=never.reached.example", typeof(PostgresAccountsDb))]
    public async Task Model_IsWhatTheMigrationsMake(string database, Type kind)
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["Database"] = database });
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        Assert.IsType(kind, db);
        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration for each database: docs/command-line.md tells how they are applied.");
    }
}
