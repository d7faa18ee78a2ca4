using System.Diagnostics;
using System.Net;
using System.Text.Json;
using LocalServers;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>What a developer reads after the first command, and does with it.</summary>
public sealed class StartTests(RealServers servers)
{
    [Fact]
    public async Task Start_AllIsWell_ListsTheFunctionsAndALineToPasteThatWorks()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("The line is pasted into sh.");
        var settings = AppSettings.Shared(servers);
        var port = LocalPort.Free();
        await using var app = AppProcess.StartIn(AppProgram.Folder, settings, "--port", $"{port}");
        var curl = await app.WaitForLineAsync("curl ");

        Assert.Contains($"    EnqueueJob: [POST] http://localhost:{port}/api/jobs/{{name}}", app.Output);
        Assert.Contains($"    GetJob: [GET] http://localhost:{port}/api/jobs/{{id}}", app.Output);
        Assert.Contains($"    CheckLiveness: [GET] http://localhost:{port}/api/health/live", app.Output);
        Assert.Contains($"    ProcessJobs: queueTrigger {settings.Queue}", app.Output);
        Assert.Contains("10 jobs at once: host.json extensions.queues.batchSize", app.Output);
        Assert.Equal($"Mails that the app sends: http://localhost:{port}/mailbox", await app.WaitForLineAsync("Mails "));

        var (status, body) = await PasteAsync(curl);
        Assert.Equal("202", status);
        var statusUrl = new Uri(body.GetProperty("statusUrl").GetString()!);
        Assert.Equal(port, statusUrl.Port);
        using var client = await app.ListensAsync();
        var job = await client.EndOfAsync(statusUrl.PathAndQuery);
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.Equal(5, job.GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Start_PortZero_TakesAFreeOneAndSaysWhich()
    {
        var (app, client) = await AppProcess.StartAndListenAsync(AppSettings.Shared(servers));
        await using var process = app;
        using var http = client;
        var curl = await app.WaitForLineAsync("curl ");

        Assert.NotEqual(0, client.Address.Port);
        Assert.Contains($" {client.Address.Authority}/api/jobs/math.add ", curl, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.HealthAsync()).Status);
    }

    [Fact]
    public async Task Start_KeysAreSet_TheLineToPasteHasAPlaceForOneAndNoLineHasIt()
    {
        var key = $"{Guid.NewGuid():N}";
        await using var app = AppProcess.Start(AppSettings.Shared(servers).With("FunctionKeys__default", key));

        Assert.EndsWith(" -H \"x-functions-key: a-key-of-FunctionKeys\"", await app.WaitForLineAsync("curl "), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Output.Concat(app.Errors), line => line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_InProduction_SpeaksOfNoMailbox()
    {
        await using var app = AppProcess.Start(AppSettings.Shared(servers).With("AZURE_FUNCTIONS_ENVIRONMENT", "Production"));
        using var client = await app.ListensAsync();
        await app.WaitForLineAsync("curl ");

        Assert.DoesNotContain(app.Output, line => line.Contains("mailbox", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AzureFunctionsJobHost__extensions__queues__batchSize", "3", "3 jobs at once: AzureFunctionsJobHost__extensions__queues__batchSize")]
    [InlineData("Lovage__Concurrency", "1", "1 job at once: Lovage:Concurrency")]
    public async Task Start_ConcurrencyIsOverridden_NamesTheSettingThatCounts(string name, string value, string expected)
    {
        await using var app = AppProcess.Start(AppSettings.Shared(servers).With(name, value));

        Assert.Equal(expected, await app.WaitForLineAsync(expected));
    }

    private static async Task<(string Status, JsonElement Body)> PasteAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"{line} -w '\\n%{{http_code}}'"]) { RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(Limits.Signal);
        var answer = await shell.StandardOutput.ReadToEndAsync(limit.Token);
        await shell.WaitForExitAsync(limit.Token);
        var end = answer.LastIndexOf('\n');
        return (answer[(end + 1)..], JsonSerializer.Deserialize<JsonElement>(answer[..end]));
    }
}
