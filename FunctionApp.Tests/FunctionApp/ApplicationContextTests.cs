using System.Collections.Concurrent;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.FunctionApp;

/// <summary>The dependency-injection container is what the application context was: built once, there in every job without asking.</summary>
public sealed class ApplicationContextTests(RealServers servers)
{
    private readonly Log log = new();

    [Fact]
    public async Task Job_ReadsConfigurationCacheAndAScopedService_WithoutAnyDecorator()
    {
        await using var app = await StartAsync();
        var job = await app.RunAsync("context.read", "{}");
        var result = job.GetProperty("result");
        Assert.Equal("some value from local.settings.json", result.GetProperty("configuration").GetString());
        Assert.Equal("kept", result.GetProperty("cached").GetString());
        Assert.True(result.GetProperty("scopedIsShared").GetBoolean());
    }

    [Fact]
    public async Task TwoJobsAtOnce_NeverShareAScope_AndTheContainerIsBuiltOnce()
    {
        await using var app = await StartAsync();
        var client = app.Services.GetRequiredService<JobClient>();
        var request = JobRequest.Of<ContextJobs>(j => j.MeetAsync());
        await client.EnqueueAsync([request, request], TestContext.Current.CancellationToken);
        await log.BothEnded.Task.WaitAsync(Limits.Signal);
        Assert.Equal(2, log.Scopes.Distinct().Count());
        Assert.Equal(1, log.Singletons);
    }

    [Fact]
    public async Task MiddlewareAndFunction_ShareOneScope()
    {
        await using var app = await StartAsync();
        using var response = await app.Http.GetAsync(new Uri("api/health/live", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        Assert.Contains("CheckLiveness", log.Functions);
    }

    private Task<App> StartAsync() => App.StartAsync(servers, configure: builder =>
    {
        builder.UseMiddleware<LogMiddleware>();
        builder.Services.AddSingleton(log).AddSingleton<Single>().AddScoped<Scoped>();
        builder.Services.AddJobsOf<ContextJobs>();
    });

    private sealed class Log
    {
        private int singletons;
        private int ended;

        public ConcurrentBag<Guid> Scopes { get; } = [];

        public ConcurrentBag<string> Functions { get; } = [];

        public TaskCompletionSource BothHere { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource BothEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Singletons => singletons;

        public void SingletonMade() => Interlocked.Increment(ref singletons);

        public void Ended()
        {
            if (Interlocked.Increment(ref ended) == 2)
                BothEnded.SetResult();
        }
    }

    private sealed class Single
    {
        public Single(Log log) => log.SingletonMade();
    }

    private sealed class Scoped(Single single)
    {
        public Guid Id { get; } = Guid.NewGuid();

        public Single Single { get; } = single;
    }

    private sealed record Read(string? Configuration, string? Cached, bool ScopedIsShared);

    private sealed class ContextJobs(IConfiguration configuration, IDistributedCache cache, Scoped scoped, IServiceProvider services, Log log)
    {
        [Job("context.read")]
        public async Task<Read> ReadAsync()
        {
            var key = Guid.NewGuid().ToString();
            await cache.SetStringAsync(key, "kept");
            return new(configuration["SOME_CONFIG_KEY"], await cache.GetStringAsync(key), scoped == services.GetRequiredService<Scoped>());
        }

        [Job("context.meet")]
        public async Task MeetAsync()
        {
            log.Scopes.Add(scoped.Id);
            if (log.Scopes.Count == 2)
                log.BothHere.TrySetResult();
            await log.BothHere.Task.WaitAsync(Limits.Signal);
            log.Ended();
        }
    }

    private sealed class LogMiddleware(Log log) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            log.Functions.Add(context.FunctionDefinition.Name);
            return next(context);
        }
    }
}
