using LocalServers.Redis;

namespace FunctionApp.Tests.LocalServers.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("localhost", "localhost:6379")]
    [InlineData("localhost:7000", "localhost:7000")]
    [InlineData("LocalHost:7000,abortConnect=false", "LocalHost:7000")]
    [InlineData("127.0.0.1:7000,ssl=false", "127.0.0.1:7000")]
    [InlineData("[::1]:7000", "[::1]:7000")]
    [InlineData("[::1]", "[::1]:6379")]
    [InlineData("::1", "[::1]:6379")]
    [InlineData("connectTimeout=500, localhost", "localhost:6379")]
    public void Parse_ThisMachine_GivesItsAddress(string configuration, string expected) =>
        Assert.Equal(expected, RedisAddress.Parse(configuration)?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cache.example.com:6380")]
    [InlineData("localhost:7000,localhost:7001")]
    [InlineData("localhost:port")]
    [InlineData("localhost:70000")]
    [InlineData("localhost,password=secret")]
    [InlineData("localhost, ssl = true")]
    public void Parse_AnythingElse_IsLeftAlone(string? configuration) => Assert.Null(RedisAddress.Parse(configuration));
}
