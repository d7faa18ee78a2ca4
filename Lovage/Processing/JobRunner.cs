using System.Diagnostics;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lovage.Processing;

/// <summary>Runs one job's body in a DI scope of its own. Whatever the body does comes back as a settlement.</summary>
internal sealed partial class JobRunner(
    JobRegistry registry, IServiceScopeFactory scopes, IJobStore store, JobContextAccessor accessor, ILogger<JobRunner> logger)
{
    private static readonly ActivitySource Activities = new("Lovage");

    private static readonly Func<ILogger, JobId, string, int, IDisposable?> BeginJobScope =
        LoggerMessage.DefineScope<JobId, string, int>("job {JobId} {JobName} attempt {Attempt}");

    public async Task<Settlement> RunAsync(ClaimedJob claimed, CancellationToken cancellation)
    {
        var (envelope, claim, leaseLost) = claimed;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, leaseLost);
        using var activity = Activities.StartActivity($"process {envelope.Name}", ActivityKind.Consumer, envelope.TraceParent);
        using var logScope = BeginJobScope(logger, envelope.Id, envelope.Name, claim.Attempt);
        var context = new JobContext(
            envelope.Id, envelope.Name, claim.Attempt, envelope.Headers, (progress, token) => store.ReportProgressAsync(claim, progress, token), stop.Token);
        LogStarted(envelope.Id, envelope.Name, claim.Attempt);
        try
        {
            var result = await InvokeAsync(registry.Get(envelope.Name), context, claim.Arguments ?? envelope.Arguments!.Value).ConfigureAwait(false);
            LogSucceeded(envelope.Id, envelope.Name);
            return Settlement.Succeeded(result);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogReleased(envelope.Id, envelope.Name);
            return Settlement.Released;
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            LogFailed(e, envelope.Id, envelope.Name, claim.Attempt);
            return Settlement.Failed(e);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> InvokeAsync(JobDefinition job, JobContext context, ReadOnlyMemory<byte> arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var values = JobArguments.Bind(job, document.RootElement);
        accessor.Context = context;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<JobContextHolder>().Context = context;
            var target = job.Method.IsStatic ? null : scope.ServiceProvider.GetRequiredService(job.Class);
            return await job.InvokeAsync(target, values, context).ConfigureAwait(false);
        }
        finally
        {
            accessor.Context = null;
        }
    }

    [LoggerMessage(EventIds.JobStarted, LogLevel.Debug, "Job {Id} ({Name}) started, attempt {Attempt}")]
    private partial void LogStarted(JobId id, string name, int attempt);

    [LoggerMessage(EventIds.JobSucceeded, LogLevel.Information, "Job {Id} ({Name}) succeeded")]
    private partial void LogSucceeded(JobId id, string name);

    [LoggerMessage(EventIds.JobReleased, LogLevel.Information, "Job {Id} ({Name}) was stopped by the shutdown or by a lost lease; it runs again")]
    private partial void LogReleased(JobId id, string name);

    [LoggerMessage(EventIds.JobFailed, LogLevel.Warning, "Job {Id} ({Name}) failed in attempt {Attempt}")]
    private partial void LogFailed(Exception exception, JobId id, string name, int attempt);
}
