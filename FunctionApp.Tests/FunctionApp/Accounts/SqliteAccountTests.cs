namespace FunctionApp.Tests.FunctionApp.Accounts;

public sealed class SqliteAccountTests(RealServers servers) : AccountContract(servers)
{
    protected override Task<Dictionary<string, string?>> NewDatabaseAsync() =>
        Task.FromResult(new Dictionary<string, string?> { ["Database"] = $"Data Source={Path.Combine(Servers.NewFolder(), "accounts.db")}" });
}
