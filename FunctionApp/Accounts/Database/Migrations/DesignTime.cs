using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FunctionApp.Accounts.Database.Migrations;

/// <summary>Makes the contexts for <c>dotnet ef</c>, which adds migrations and asks no database for that; see <c>docs/accounts.md</c>.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteAccountsDb>, IDesignTimeDbContextFactory<PostgresAccountsDb>
{
    SqliteAccountsDb IDesignTimeDbContextFactory<SqliteAccountsDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAccountsDb>().UseSqlite().Options);

    PostgresAccountsDb IDesignTimeDbContextFactory<PostgresAccountsDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresAccountsDb>().UseNpgsql().Options);
}
