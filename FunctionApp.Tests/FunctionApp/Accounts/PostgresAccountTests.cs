namespace FunctionApp.Tests.FunctionApp.Accounts;

public sealed class PostgresAccountTests(RealServers servers) : AccountContract(servers)
{
    protected override async Task<Dictionary<string, string?>> NewDatabaseAsync() => new() { ["Database"] = await Servers.NewPostgresAsync() };
}
