namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>Settings that the app cannot use: one clear line, exit code 1, and nothing was started for them.</summary>
public sealed class BadSettingsTests(RealServers servers)
{
    [Theory]
    [InlineData("AzureWebJobsStorage", "garbage", "'AzureWebJobsStorage'")]
    [InlineData("AzureWebJobsStorage", "", "'AzureWebJobsStorage', which is not set")]
    [InlineData("LovageQueue", "", "'LovageQueue'")]
    [InlineData("LovageQueue", "Not_A_Queue", "'not_a_queue")]
    [InlineData("Redis", "", "Redis is not set")]
    [InlineData("Lovage__Concurrency", "many", "Lovage:Concurrency is 'many'")]
    [InlineData("Lovage__Concurrency", "20000", "Lovage:Concurrency takes 1 to 10,000")]
    [InlineData("Lovage__LeaseDuration", "soon", "'soon' at 'Lovage:LeaseDuration'")]
    public async Task Start_BadSetting_SaysWhichInOneLine(string name, string value, string expected)
    {
        var settings = AppSettings.Own(servers).With(name, value);
        await using var app = AppProcess.Start(settings);

        await AssertRefusedAsync(app, settings, expected);
    }

    [Theory]
    [InlineData("""{ "version": "2.0", """, "host.json is not valid JSON: line 1, character ")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 99 } } }""", "host.json: extensions.queues.batchSize is '99'")]
    public async Task Start_BadHostJson_SaysWhereInOneLine(string hostJson, string expected)
    {
        var settings = AppSettings.Own(servers);
        var folder = AppProgram.Copy(servers.NewFolder());
        await File.WriteAllTextAsync(Path.Combine(folder, "host.json"), hostJson);
        await using var app = AppProcess.StartIn(folder, settings, "--port", "0");

        await AssertRefusedAsync(app, settings, expected);
    }

    private static async Task AssertRefusedAsync(AppProcess app, AppSettings settings, string expected)
    {
        Assert.Equal(1, await app.WaitForExitAsync());
        Assert.Contains(expected, Assert.Single(app.Errors), StringComparison.Ordinal);
        Assert.Empty(app.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(settings.DataFolder));
    }
}
