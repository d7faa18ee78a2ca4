using FunctionApp.Tests.FunctionApp.Accounts;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Database;

/// <summary><c>db migrate</c>, on every database.</summary>
public abstract class MigrateContract(RealServers servers)
{
    protected RealServers Servers { get; } = servers;

    protected abstract Task<string> NewDatabaseAsync();

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Migrate_NewDatabase_AppliesAllOnceAndServes(string environment)
    {
        var cli = await NewCliAsync(environment);
        var first = (await cli.RunAsync("db", "migrate")).Expect(0);
        Assert.All(first.Out.Trim().Split('\n'), line => Assert.Matches(@"^applied  \d{14}_\w+\r?$", line));
        Assert.Empty(first.Error);
        Assert.Equal("Nothing to do: all migrations are applied.", (await cli.RunAsync("db", "migrate")).Expect(0).Out.Trim());
        Assert.Equal("""{"applied":[]}""", (await cli.RunAsync("db", "migrate", "--json")).Expect(0).Out.Trim());
        (await cli.With(input: AccountCaller.Password).RunAsync("accounts", "create", "ada@example.com", "--name", "Ada", "--password-stdin")).Expect(0);
    }

    [Fact]
    public async Task Migrate_ManyAtOnce_OneApplies()
    {
        var cli = await NewCliAsync("Production");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => cli.RunAsync("db", "migrate", "--json"))));
        Assert.Single(answers, answer => answer.Expect(0).Json.GetProperty("applied").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Accounts_InProductionBeforeMigrating_AreRefusedWithTheCommand()
    {
        var cli = await NewCliAsync("Production");
        var refused = (await cli.RunAsync("accounts", "lock", "ada@example.com")).Expect(1);
        Assert.EndsWith("Apply them with: dotnet run --project FunctionApp -- db migrate", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("urn:lovage:problem:database-not-ready", (await cli.RunAsync("accounts", "lock", "ada@example.com", "--json")).Expect(1).Problem.GetProperty("type").GetString());
    }

    // Neither Redis nor storage is there.
    private protected async Task<Cli> NewCliAsync(string environment) =>
        new Cli(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = RealServers.NewStorageConnectionString(),
            ["Redis"] = RealServers.NewRedisConnectionString(),
            ["LovageQueue"] = "unused-queue",
            ["Database"] = await NewDatabaseAsync(),
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = environment,
        });
}
