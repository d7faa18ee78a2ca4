using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Accounts.Database;

/// <summary>The app's database in a file.</summary>
public sealed class SqliteAccountsDb(DbContextOptions<SqliteAccountsDb> options) : AccountsDb(options);
