using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>
/// Bodies that did not stop within their hard time limit. Nothing can end them but the end of the process, so when there are as
/// many as jobs may run at once the process asks to be ended: its host starts another.
/// </summary>
internal sealed partial class AbandonedBodies(IServiceProvider services, IOptions<LovageOptions> options, ILogger<AbandonedBodies> logger)
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Add(JobId id, string name, Task body)
    {
        var abandoned = Interlocked.Increment(ref count);
        LogAbandoned(id, name, abandoned);
        body.ContinueWith(
            ended => { _ = ended.Exception; Interlocked.Decrement(ref count); },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (abandoned < options.Value.Concurrency)
            return;
        LogRecycling(abandoned);
        services.GetService<IHostApplicationLifetime>()?.StopApplication();
    }

    [LoggerMessage(EventIds.BodyAbandoned, LogLevel.Error, "Job {Id} ({Name}) did not stop within its hard time limit and was abandoned; {Count} abandoned bodies go on in this process")]
    private partial void LogAbandoned(JobId id, string name, int count);

    [LoggerMessage(EventIds.Recycling, LogLevel.Critical, "{Count} abandoned bodies, as many as jobs may run at once: the process stops, to be started anew")]
    private partial void LogRecycling(int count);
}
