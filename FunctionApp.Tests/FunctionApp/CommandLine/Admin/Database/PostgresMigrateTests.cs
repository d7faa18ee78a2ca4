using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Database;

public sealed class PostgresMigrateTests(RealServers servers) : MigrateContract(servers)
{
    private static readonly string[] Migrate = ["db", "migrate"];

    protected override Task<string> NewDatabaseAsync() => Servers.NewPostgresAsync();

    [Fact]
    public async Task Migrate_NoSuchDatabaseManyAtOnce_OneMakesIt()
    {
        var database = new NpgsqlConnectionStringBuilder(await Servers.NewPostgresAsync()) { Database = $"test_{Guid.NewGuid():N}" }.ConnectionString;
        var cli = (await NewCliAsync("Production")).With("Database", database);
        Assert.Contains("db migrate", (await cli.RunAsync("accounts", "lock", "ada@example.com")).Expect(1).Error, StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => cli.RunAsync("db", "migrate", "--json"))));
        Assert.Single(answers, answer => answer.Expect(0).Json.GetProperty("applied").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Migrate_ServerRefuses_SaysWhatItSays()
    {
        var database = new NpgsqlConnectionStringBuilder(await Servers.NewPostgresAsync()) { Username = "nobody", Password = "hidden" }.ConnectionString;
        var answer = (await (await NewCliAsync("Production")).With("Database", database).RunAsync(Migrate)).Expect(1);
        Assert.Equal("The database refuses it: 28000: role \"nobody\" does not exist", Assert.Single(answer.ErrorLines));
    }

    [Fact]
    public async Task Verbs_ServerDown_AreRefusedWithHostAndPortWithinSeconds()
    {
        // It takes connections and says nothing: clients by themselves would wait longer.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var nobody = RealServers.NewRedisConnectionString();
        foreach (var endpoint in (string[])[nobody, $"{silent.LocalEndpoint}"])
        {
            var parts = endpoint.Split(':');
            var cli = (await NewCliAsync("Production")).With("Database", $"Host={parts[0]};Port={parts[1]};Username=lovage;Password=hidden;Database=accounts");
            foreach (var verb in (string[][])[Migrate, ["accounts", "create", "ada@example.com", "--name", "Ada", "--password-stdin"], ["accounts", "lock", "ada@example.com"]])
            {
                var watch = Stopwatch.StartNew();
                var line = Assert.Single((await cli.RunAsync(verb)).Expect(2).ErrorLines);
                Assert.StartsWith($"PostgreSQL does not answer on {endpoint} (", line, StringComparison.Ordinal);
                Assert.EndsWith("). Is the setting Database right?", line, StringComparison.Ordinal);
                Assert.DoesNotContain("hidden", line, StringComparison.Ordinal);
                Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            }
            Assert.Equal(503, (await cli.RunAsync([.. Migrate, "--json"])).Expect(2).Problem.GetProperty("status").GetInt32());
        }
    }

    [Theory]
    [InlineData("", "Database is not set: accounts need a PostgreSQL server, \"Host=server;Database=name;Username=name;Password=…\".")]
    [InlineData("Host=server;Password=hid;den=1", "Database is no connection string: it takes ")]
    [InlineData("Host=server;Port=hidden", "Database is no connection string: it takes ")]
    [InlineData("hidden", "Database is no connection string: it takes ")]
    public async Task Setting_BadOrMissing_IsRefusedWithItsForm(string value, string expected)
    {
        var cli = (await NewCliAsync("Production")).With("Database", value);
        foreach (var verb in (string[][])[Migrate, ["accounts", "lock", "ada@example.com"]])
        {
            var line = Assert.Single((await cli.RunAsync(verb)).Expect(1).ErrorLines);
            Assert.StartsWith(expected, line, StringComparison.Ordinal);
            Assert.DoesNotContain("hid", line, StringComparison.Ordinal);
            Assert.DoesNotContain("den", line, StringComparison.Ordinal);
        }
    }
}
