namespace FunctionApp.Tests.FunctionApp.CommandLine;

public sealed class UsageTests(RealServers servers)
{
    [Fact]
    public async Task Help_Asked_NamesOptionsAndVerb()
    {
        await using var app = AppProcess.StartIn(AppProgram.Folder, AppSettings.Shared(servers), "--help");

        Assert.Equal(0, await app.WaitForExitAsync());
        foreach (var word in (string[])["--address", "--port", "--no-services", "services", "7071"])
            Assert.Contains(app.Output, line => line.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Option_Unknown_IsAnErrorWithTheUsage()
    {
        await using var app = AppProcess.StartIn(AppProgram.Folder, AppSettings.Shared(servers), "--no-such-option");

        Assert.NotEqual(0, await app.WaitForExitAsync());
        Assert.Contains(app.Errors, line => line.Contains("'--no-such-option'", StringComparison.Ordinal));
        Assert.Contains(app.Output, line => line.Contains("--no-services", StringComparison.Ordinal));
    }
}
