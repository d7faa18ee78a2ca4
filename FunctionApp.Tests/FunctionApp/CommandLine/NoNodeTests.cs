namespace FunctionApp.Tests.FunctionApp.CommandLine;

public sealed class NoNodeTests(RealServers servers)
{
    [Fact]
    public async Task Start_NoNodeOnThePathAndNoAzurite_NamesTheOtherWays()
    {
        var settings = AppSettings.Of(servers, RealServers.NewStorageConnectionString(), servers.RedisConnectionString).With("PATH", servers.NewFolder());
        await using var app = AppProcess.Start(settings);

        Assert.Equal(1, await app.WaitForExitAsync());
        var error = Assert.Single(app.Errors);
        foreach (var part in (string[])["no node on the PATH", "install Node.js", "docker compose -f azurite.yml up", "AzureWebJobsStorage"])
            Assert.Contains(part, error, StringComparison.Ordinal);
    }
}
