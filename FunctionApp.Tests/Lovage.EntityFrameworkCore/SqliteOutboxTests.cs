using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

public sealed class SqliteOutboxTests(RealServers servers) : JobOutboxContract(servers)
{
    protected override Task<Action<DbContextOptionsBuilder>> NewDatabaseAsync()
    {
        var file = Path.Combine(Servers.NewFolder(), "notes.db");
        return Task.FromResult<Action<DbContextOptionsBuilder>>(options => options.UseSqlite($"Data Source={file}"));
    }
}
