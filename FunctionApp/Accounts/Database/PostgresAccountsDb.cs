using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Accounts.Database;

/// <summary>The app's database on a PostgreSQL server.</summary>
public sealed class PostgresAccountsDb(DbContextOptions<PostgresAccountsDb> options) : AccountsDb(options);
