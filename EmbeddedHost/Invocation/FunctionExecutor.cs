using EmbeddedHost.Catalog;
using EmbeddedHost.Configuration;
using EmbeddedHost.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Invocation;

/// <summary>Runs a function: tokens, pipeline, outputs, and one log line about how it ended.</summary>
internal sealed partial class FunctionExecutor(
    InvocationPipeline steps,
    RunningInvocations running,
    QueueOutputSender outputs,
    HostSettings settings,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILoggerFactory loggers)
{
    private readonly FunctionExecutionDelegate pipeline = steps.Build();

    /// <summary>Runs the function in a scope of its own. Never throws: nobody waits for queue and timer functions but their loops.</summary>
    /// <param name="function">The function.</param>
    /// <param name="triggerEvent">What happened.</param>
    /// <param name="data">What the trigger told about it.</param>
    public async Task<InvocationOutcome> RunAsync(FunctionEntry function, object triggerEvent, BindingContext data)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await RunAsync(function, triggerEvent, data, scope.ServiceProvider, complete: null, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // A service of the scope that cannot be disposed is the invocation's failure.
            LogScopeFailed(loggers.CreateLogger($"Function.{function.Name}"), exception, function.Name);
            return new InvocationOutcome(exception, Cancelled: false);
        }
    }

    /// <summary>Runs the function in the given scope.</summary>
    /// <param name="function">The function.</param>
    /// <param name="triggerEvent">What happened.</param>
    /// <param name="data">What the trigger told about it.</param>
    /// <param name="services">The invocation's scope.</param>
    /// <param name="complete">What to do with the result once outputs are sent; its failure is the invocation's.</param>
    /// <param name="aborted">Fires when nobody wants the result any more.</param>
    public async Task<InvocationOutcome> RunAsync(
        FunctionEntry function,
        object triggerEvent,
        BindingContext data,
        IServiceProvider services,
        Func<EmbeddedFunctionContext, Task>? complete,
        CancellationToken aborted)
    {
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        using var timeout = settings.FunctionTimeout is { } limit ? new CancellationTokenSource(limit, clock) : new CancellationTokenSource();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(running.StopToken, aborted, timeout.Token);
        using var told = timeout.Token.Register(() => LogTimeout(logger, function.Name, settings.FunctionTimeout.GetValueOrDefault()));
        var context = new EmbeddedFunctionContext(function, triggerEvent, data, services, cancellation.Token);
        var started = clock.GetTimestamp();
        try
        {
            await pipeline(context);
            await outputs.SendAsync(function.Result, context.Result, cancellation.Token);
            if (complete is not null)
                await complete(context);

            LogSucceeded(logger, function.Name, context.InvocationId, clock.GetElapsedTime(started).TotalMilliseconds);
            return default;
        }
        catch (OperationCanceledException exception) when (cancellation.IsCancellationRequested)
        {
            LogCancelled(logger, function.Name, context.InvocationId);
            return new InvocationOutcome(exception, Cancelled: true);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, function.Name, context.InvocationId);
            return new InvocationOutcome(exception, Cancelled: false);
        }
    }

    [LoggerMessage(EventIds.Invocation + 1, LogLevel.Debug, "Function '{Function}' succeeded in {Milliseconds:0.0} ms (invocation {Invocation}).")]
    private static partial void LogSucceeded(ILogger logger, string function, string invocation, double milliseconds);

    [LoggerMessage(EventIds.Invocation + 2, LogLevel.Information, "Function '{Function}' was cancelled (invocation {Invocation}).")]
    private static partial void LogCancelled(ILogger logger, string function, string invocation);

    [LoggerMessage(EventIds.Invocation + 3, LogLevel.Error, "Function '{Function}' failed (invocation {Invocation}).")]
    private static partial void LogFailed(ILogger logger, Exception exception, string function, string invocation);

    [LoggerMessage(EventIds.Invocation + 5, LogLevel.Error, "Function '{Function}' failed when its services were disposed.")]
    private static partial void LogScopeFailed(ILogger logger, Exception exception, string function);

    // The stock host would restart the whole worker process here, and everything that runs in it.
    [LoggerMessage(EventIds.Invocation + 4, LogLevel.Error, "Function '{Function}' ran longer than functionTimeout ({Timeout}): its token was cancelled.")]
    private static partial void LogTimeout(ILogger logger, string function, TimeSpan timeout);
}
