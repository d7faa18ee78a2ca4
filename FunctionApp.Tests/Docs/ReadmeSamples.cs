using Lovage.Client;
using Lovage.Jobs;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.Docs;

#pragma warning disable CA1848, CA1873 // Samples log as most people do.

// README's sample, to the letter: DocumentTests compares.
public sealed class ReportJobs(IConfiguration configuration, IDistributedCache cache, ILogger<ReportJobs> logger)
{
    [Job("report.build")]
    public async Task<int> BuildAsync(string customer, int year, JobContext job, CancellationToken cancellation)
    {
        await job.ReportProgressAsync(10, "reading");
        var title = configuration["REPORT_TITLE"] ?? "Report";
        await cache.SetStringAsync($"report:{customer}:{year}", title, cancellation);
        logger.LogInformation("Built {Title} for {Customer}", title, customer);
        return year;
    }
}

public sealed class ReportCaller(JobClient jobs)
{
    public async Task<JobId> CallAsync() => await EnqueueAsync();

    private async Task<JobId> EnqueueAsync()
    {
        return
await jobs.EnqueueAsync<ReportJobs>(j => j.BuildAsync("Contoso", 2026, null!, default));
    }
}
