using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

public sealed class PostgresOutboxTests(RealServers servers) : JobOutboxContract(servers)
{
    protected override async Task<Action<DbContextOptionsBuilder>> NewDatabaseAsync()
    {
        var database = await Servers.NewPostgresAsync();
        return options => options.UseNpgsql(database);
    }
}
