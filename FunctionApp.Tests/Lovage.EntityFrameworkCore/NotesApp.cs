using Lovage;
using Lovage.EntityFrameworkCore;
using Lovage.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

/// <summary>The engine, an app's context on a real database, and the outbox between them.</summary>
internal sealed class NotesApp : IAsyncDisposable
{
    private readonly Engine engine;

    private NotesApp(Engine engine) => this.engine = engine;

    public Engine Engine => engine;

    /// <summary>Processes every message that the queue has.</summary>
    public async Task ProcessAllAsync()
    {
        foreach (var message in engine.Queue.Drain())
            await engine.Processor.ProcessAsync(message, TestContext.Current.CancellationToken);
    }

    public BrokenDelete Delete => engine.Get<BrokenDelete>();

    public JobOutboxRelay<NotesDb> Relay => engine.Get<JobOutboxRelay<NotesDb>>();

    public NoteRuns Runs => engine.Get<NoteRuns>();

    public static async Task<NotesApp> StartAsync(string redis, Action<DbContextOptionsBuilder> useDatabase, TimeSpan? interval = null, Action<LovageOptions>? configure = null,
        Action<IServiceCollection>? add = null)
    {
        var engine = new Engine(redis, configure, services =>
        {
            services.AddSingleton<NoteRuns>().AddSingleton<BrokenDelete>();
            services.AddDbContext<NotesDb>((container, options) => useDatabase(options.AddInterceptors(container.GetRequiredService<BrokenDelete>())));
            var registry = (JobRegistry)services.Single(service => service.ServiceType == typeof(JobRegistry)).ImplementationInstance!;
            new LovageBuilder(services, registry).AddJobs<NoteJobs>().AddOutbox<NotesDb>(options => options.Interval = interval ?? TimeSpan.FromHours(1));
            add?.Invoke(services);
        });
        await using var scope = engine.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotesDb>().Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return new(engine);
    }

    /// <summary>What a function would do, in a scope of its own.</summary>
    public async Task<T> InScopeAsync<T>(Func<NotesDb, JobOutbox<NotesDb>, Task<T>> act)
    {
        await using var scope = engine.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<NotesDb>(), scope.ServiceProvider.GetRequiredService<JobOutbox<NotesDb>>());
    }

    public Task<int> CountAsync<TEntity>() where TEntity : class => InScopeAsync((db, _) => db.Set<TEntity>().CountAsync(TestContext.Current.CancellationToken));

    public Task StartLoopAsync() => Loop.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Loop.StopAsync(CancellationToken.None);
        await engine.DisposeAsync();
    }

    private RelayLoop<NotesDb> Loop => engine.Services.GetServices<IHostedService>().OfType<RelayLoop<NotesDb>>().Single();
}
