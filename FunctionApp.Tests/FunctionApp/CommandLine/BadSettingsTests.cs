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

    [Theory]
    [InlineData("FunctionKeys__default", "FunctionKeys:default has 8 characters; a key takes 16 characters or more")]
    [InlineData("OperatorKeys__default", "OperatorKeys:default has 8 characters; a key takes 16 characters or more")]
    public async Task Start_KeyTooShort_SaysWhichAndDoesNotPrintIt(string name, string expected)
    {
        var key = $"{Guid.NewGuid():N}"[..8];
        var settings = AppSettings.Own(servers).With(name, key);
        await using var app = AppProcess.Start(settings);

        await AssertRefusedAsync(app, settings, expected);
        Assert.DoesNotContain(key, Assert.Single(app.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", "Address is 0.0.0.0, which others can reach, and no key is set. Set FunctionKeys__default")]
    [InlineData("example.org", "Address is 'example.org'; it takes localhost or an IP address")]
    public async Task Start_AddressThatCannotBe_SaysWhyInOneLine(string address, string expected)
    {
        var settings = AppSettings.Own(servers);
        await using var app = AppProcess.Start(settings, "--address", address);

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
