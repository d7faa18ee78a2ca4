using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class JobScopeTests(RealServers servers)
{
    private readonly ScopeLog log = new();

    [Fact]
    public async Task Run_TwoJobsAtOnce_NeverShareAScopeAndDisposeIt()
    {
        await using var engine = NewEngine();
        var requests = Enumerable.Repeat(JobRequest.Of("scope.meet", JsonSerializer.SerializeToElement(new { })), 2).ToArray();
        await engine.Client.EnqueueAsync(requests, TestContext.Current.CancellationToken);
        await engine.ProcessNextAsync();
        Assert.Equal(2, log.Seen.Distinct().Count());
        Assert.Equal(log.Seen.OrderBy(x => x), log.Disposed.OrderBy(x => x));
    }

    [Fact]
    public async Task Run_Context_IsOneObjectAsParameterInjectedAndInChildren()
    {
        await using var engine = NewEngine();
        var job = await engine.RunAsync("scope.context");
        Assert.Equal("\"scope.context 1 True True True\"", Encoding.UTF8.GetString(job.Result!.Value.Span));
        Assert.Null(engine.Services.GetRequiredService<IJobContextAccessor>().Context);
    }

    [Fact]
    public async Task Run_Headers_ReachTheJob()
    {
        await using var engine = NewEngine();
        var options = new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = "a" } };
        var id = await engine.Client.EnqueueAsync<ScopeJobs>(j => j.Tenant(null!), options, TestContext.Current.CancellationToken);
        await engine.ProcessNextAsync();
        Assert.Equal("\"a\"", Encoding.UTF8.GetString((await engine.GetAsync(id)).Result!.Value.Span));
    }

    [Fact]
    public async Task Run_Progress_IsReadWithTheJob()
    {
        await using var engine = NewEngine();
        var job = await engine.RunAsync("scope.progress");
        Assert.Equal(new(50, "half"), job.Progress);
    }

    [Fact]
    public async Task InjectContext_OutsideOfAJob_SaysWhatToUse()
    {
        await using var engine = NewEngine();
        await using var scope = engine.Services.CreateAsyncScope();
        var e = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<JobContext>());
        Assert.Contains("IJobContextAccessor", e.Message, StringComparison.Ordinal);
    }

    private Engine NewEngine() => new(
        servers.RedisConnectionString, add: s => s.AddSingleton(log).AddScoped<ScopedThing>(), jobs: typeof(ScopeJobs));

    private sealed class ScopeLog
    {
        public ConcurrentBag<Guid> Seen { get; } = [];

        public ConcurrentBag<Guid> Disposed { get; } = [];

        public TaskCompletionSource BothHere { get; } = new();
    }

    private sealed class ScopedThing(ScopeLog log) : IDisposable
    {
        public Guid Id { get; } = Guid.NewGuid();

        public void Dispose() => log.Disposed.Add(Id);
    }

    private sealed class ScopeJobs(ScopeLog log, ScopedThing thing, IServiceProvider services, JobContext injected, IJobContextAccessor accessor)
    {
        [Job("scope.meet")]
        public Task MeetAsync()
        {
            Assert.Same(thing, services.GetRequiredService<ScopedThing>());
            log.Seen.Add(thing.Id);
            if (log.Seen.Count == 2)
                log.BothHere.TrySetResult();
            return log.BothHere.Task.WaitAsync(Limits.Signal);
        }

        [Job("scope.context")]
        public async Task<string> ContextAsync(JobContext context)
        {
            var inChild = await Task.Run(() => accessor.Context);
            return $"{context.Name} {context.Attempt} {context == injected} {context == accessor.Context} {context == inChild}";
        }

        [Job("scope.tenant")]
        public string Tenant(JobContext context) => context.Headers["tenant"];

        [Job("scope.progress")]
        public Task ProgressAsync(JobContext context) => context.ReportProgressAsync(50, "half");
    }
}
