namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Accounts;

public sealed class SqliteAccountVerbTests(RealServers servers) : AccountVerbContract(servers)
{
    protected override Task<string> NewDatabaseAsync() => Task.FromResult($"Data Source={Path.Combine(Servers.NewFolder(), "accounts.db")}");
}
