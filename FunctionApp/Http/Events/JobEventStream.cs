using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FunctionApp.Http.Events;

/// <summary>A job's changes as server-sent events, each with its number as id, so that a caller whose stream was cut goes on where it was.</summary>
/// <param name="streams">Told when it ends.</param>
/// <param name="jobs">Shows the job.</param>
/// <param name="id">The job.</param>
/// <param name="after">The last event that the caller has seen; 0 for none.</param>
/// <param name="stop">The function's token.</param>
internal sealed class JobEventStream(EventStreams streams, JobClient jobs, JobId id, long after, CancellationToken stop) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Here, not where it is made: a host whose caller has gone does not execute what a function returned.
        if (!streams.TryOpen())
        {
            await Problems.TooManyStreams(httpContext.Request, streams.Limit).ExecuteAsync(httpContext);
            return;
        }
        try
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            // Proxies such as nginx would keep small events back.
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using var over = new CancellationTokenSource(streams.Options.LongestEventStream, streams.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop, httpContext.RequestAborted);
            await WriteAsync(new(response.BodyWriter), either.Token);
        }
        finally
        {
            streams.Close();
        }
    }

    private async Task WriteAsync(EventWriter writer, CancellationToken cancellation)
    {
        var seen = after;
        await using var views = jobs.WatchAsync(id, cancellation).GetAsyncEnumerator(cancellation);
        var next = Task.FromResult(true);
        try
        {
            await writer.BeginAsync(cancellation);
            while (await next)
            {
                next = views.MoveNextAsync().AsTask();
                while (!await EndsWithinAsync(next, streams.Options.EventHeartbeat, cancellation))
                    await writer.HeartbeatAsync(cancellation);
                if (await next)
                    seen = await writer.WriteAsync(views.Current, seen, cancellation);
            }
        }
        // The caller has gone, the stream was open long enough, or the process stops: who is still there connects again, and says what it has seen.
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        // So does who sees the stream end because the store is away: the answer to that is 503.
        catch (JobStoreUnavailableException)
        {
        }
        finally
        {
            // Views cannot be disposed of while one is waited for.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> EndsWithinAsync(Task next, TimeSpan limit, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var first = await Task.WhenAny(next, Task.Delay(limit, streams.Time, ended.Token));
        await ended.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return first == next;
    }
}
