namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>Processes of one app side by side, each with a part of its functions switched off.</summary>
public sealed class SharedWorkTests(RealServers servers)
{
    [Fact]
    public async Task Job_EnqueuedInAWebOnlyProcess_RunsInTheWorkerOnlyOne()
    {
        var settings = AppSettings.Shared(servers);
        var starts = await Task.WhenAll(
            AppProcess.StartAndListenAsync(settings.With("AzureWebJobs.ProcessJobs.Disabled", "true")),
            AppProcess.StartAndListenAsync(settings.With("AzureWebJobs.EnqueueJob.Disabled", "true")));
        await using var web = starts[0].Process;
        await using var worker = starts[1].Process;
        using var webClient = starts[0].Client;
        using var workerClient = starts[1].Client;
        await web.WaitForLineAsync("No jobs run in this process: ProcessJobs is disabled.");
        await worker.WaitForLineAsync("10 jobs at once: ");
        Assert.DoesNotContain(worker.Output, line => line.Contains("curl ", StringComparison.Ordinal));

        var job = await webClient.EnqueueAsync("math.add", new { x = 2, y = 3 });

        Assert.Equal(5, (await webClient.EndOfAsync(job)).GetProperty("result").GetInt32());
        Assert.Equal(5, (await workerClient.EndOfAsync(job)).GetProperty("result").GetInt32());
        await worker.WaitForLineAsync("(math.add) succeeded");
        Assert.DoesNotContain(web.Output, line => line.Contains("(math.add) succeeded", StringComparison.Ordinal));
    }
}
