using System.Net;
using System.Net.Sockets;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

/// <summary>Servers that do not answer, and settings that cannot be used.</summary>
public sealed class ReachTests(RealServers servers)
{
    private static readonly string[] Call = ["job", "call", "math.add", "--x", "1", "--y", "2"];

    [Fact]
    public async Task Redis_NotThere_IsSaidWithItsAddressAndHowToStartIt()
    {
        var redis = RealServers.NewRedisConnectionString();
        var cli = Cli.Alone(servers, redis: redis);
        foreach (var verb in (string[][])[["job", "list"], ["job", "show", "17"], ["dead-letters", "list"], Call])
        {
            var line = Assert.Single((await cli.RunAsync(verb)).Expect(2).ErrorLines);
            Assert.StartsWith($"Redis does not answer on {redis} (", line, StringComparison.Ordinal);
            Assert.EndsWith("Start it: dotnet run --project FunctionApp -- services", line, StringComparison.Ordinal);
        }
        (await cli.RunAsync("queue", "length")).Expect(0);
    }

    [Fact]
    public async Task Storage_NotThere_RefusesTheCallBeforeItIsRecorded()
    {
        var storage = RealServers.NewStorageConnectionString();
        var cli = Cli.Alone(servers, storage: storage);
        var port = storage.Split("QueueEndpoint=http://")[1].Split('/')[0];
        Assert.StartsWith($"Storage does not answer on {port} (", Assert.Single((await cli.RunAsync(Call)).Expect(2).ErrorLines), StringComparison.Ordinal);
        Assert.Equal(503, (await cli.RunAsync("queue", "length", "--json")).Expect(2).Problem.GetProperty("status").GetInt32());
        Assert.Empty((await cli.RunAsync("job", "list", "--json")).Expect(0).Json.GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task Server_SaysNothing_IsGivenUpWithinSeconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var answer = (await Cli.Alone(servers, redis: $"{silent.LocalEndpoint},password=hidden").RunAsync("job", "list")).Expect(2);
        Assert.StartsWith($"Redis does not answer on {silent.LocalEndpoint} (", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", answer.Error, StringComparison.Ordinal);

        // The storage client by itself would try three times for five seconds.
        var storage = $"AccountName=devstoreaccount1;AccountKey=a2V5;QueueEndpoint=http://{silent.LocalEndpoint}/devstoreaccount1";
        answer = (await Cli.Alone(servers, storage: storage).RunAsync(Call)).Expect(2);
        Assert.StartsWith($"Storage does not answer on {silent.LocalEndpoint} (no answer within 4 s).", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "127.0.0.1:10001", true)]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=a2V5;EndpointSuffix=core.windows.net", "contoso.queue.core.windows.net", false)]
    [InlineData("QueueEndpoint=https://contoso.queue.core.windows.net/;SharedAccessSignature=sv=1&sig=s", "contoso.queue.core.windows.net", false)]
    public void Storage_ConnectionString_HasTheAddressWithoutItsKey(string storage, string endpoint, bool isLocal)
    {
        var address = global::FunctionApp.Hosting.Admin.ServerAddress.OfQueue(Configuration("AzureWebJobsStorage", storage));
        Assert.Equal((endpoint, isLocal), (address.Endpoint, address.IsLocal));
        Assert.Equal(isLocal, address.Explain("x").Contains("services", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost:6379", "localhost:6379", true)]
    [InlineData("name.redis.azure.net:10000,ssl=true,password=a=b", "name.redis.azure.net:10000", false)]
    [InlineData("one:1,two:2,abortConnect=false", "one:1, two:2", false)]
    public void Redis_Configuration_HasTheAddressWithoutItsPassword(string redis, string endpoint, bool isLocal)
    {
        var address = global::FunctionApp.Hosting.Admin.ServerAddress.OfStore(Configuration("Redis", redis));
        Assert.Equal((endpoint, isLocal), (address.Endpoint, address.IsLocal));
    }

    [Theory]
    [InlineData("Lovage:Concurrency", "many", "Lovage:Concurrency is 'many'")]
    [InlineData("LovageQueue", "", "Function ")]
    [InlineData("Redis", "", "Redis is not set")]
    public async Task Setting_Bad_IsRefusedInOneLine(string name, string value, string expected)
    {
        var cli = Cli.Alone(servers).With(name, value);
        foreach (var verb in (string[][])[["job", "list"], Call])
        {
            Assert.StartsWith(expected, Assert.Single((await cli.RunAsync(verb)).Expect(1).ErrorLines), StringComparison.Ordinal);
            Assert.Equal("urn:lovage:problem:invalid-settings", (await cli.RunAsync([.. verb, "--json"])).Expect(1).Problem.GetProperty("type").GetString());
        }
    }

    private static Microsoft.Extensions.Configuration.IConfiguration Configuration(string name, string value)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        configuration[name] = value;
        return configuration;
    }
}
