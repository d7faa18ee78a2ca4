namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Accounts;

public sealed class PostgresAccountVerbTests(RealServers servers) : AccountVerbContract(servers)
{
    protected override Task<string> NewDatabaseAsync() => Servers.NewPostgresAsync();
}
