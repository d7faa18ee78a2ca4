using System.Text.Json;
using Lovage;
using Lovage.EntityFrameworkCore;
using Lovage.Jobs;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

/// <summary>What the outbox promises on every database.</summary>
public abstract class JobOutboxContract(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected RealServers Servers { get; } = servers;

    protected abstract Task<Action<DbContextOptionsBuilder>> NewDatabaseAsync();

    [Fact]
    public async Task Save_RowAndJob_JobIsEnqueuedRightAfter()
    {
        await using var app = await StartAsync();
        await app.StartLoopAsync();
        var id = await AddNoteAsync(app, "a");
        await app.Engine.ProcessNextAsync();
        Assert.Equal(JobState.Succeeded, (await app.Engine.GetAsync(id)).State);
        Assert.Equal(1, app.Runs.Count["a"]);
        Assert.Equal(1, await app.CountAsync<Note>());
    }

    [Fact]
    public async Task Rollback_NeitherRowNorJob()
    {
        await using var app = await StartAsync();
        var id = await app.InScopeAsync(async (db, outbox) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            db.Notes.Add(new() { Text = "a" });
            var job = outbox.Enqueue<NoteJobs>(j => j.Tell("a"));
            await db.SaveChangesAsync(Cancellation);
            await transaction.RollbackAsync(Cancellation);
            return job;
        });
        Assert.Equal(0, await app.Relay.RelayAsync(Cancellation));
        Assert.Null(await app.Engine.Client.GetAsync(id, Cancellation));
        Assert.Equal(0, await app.CountAsync<Note>());
    }

    [Fact]
    public async Task Commit_AfterSave_WakesTheRelay()
    {
        await using var app = await StartAsync();
        await app.StartLoopAsync();
        await app.InScopeAsync(async (db, outbox) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            outbox.Enqueue<NoteJobs>(j => j.Tell("a"));
            await db.SaveChangesAsync(Cancellation);
            Assert.True(app.Engine.Queue.IsEmpty);
            await transaction.CommitAsync(Cancellation);
            return true;
        });
        await app.Engine.ProcessNextAsync();
        Assert.Equal(1, app.Runs.Count["a"]);
    }

    [Fact]
    public async Task Relay_DiesBeforeItDeletes_JobRunsOnce()
    {
        await using var app = await StartAsync();
        await AddNoteAsync(app, "a");
        app.Delete.IsOn = true;
        await Assert.ThrowsAsync<IOException>(() => app.Relay.RelayAsync(Cancellation));
        await app.ProcessAllAsync();
        app.Delete.IsOn = false;

        Assert.Equal(1, await app.Relay.RelayAsync(Cancellation));
        await app.ProcessAllAsync();
        Assert.Equal(1, app.Runs.Count["a"]);
        Assert.Equal(0, await app.CountAsync<JobOutboxMessage>());
    }

    [Fact]
    public async Task Relay_JobHasEndedAndIsTrimmed_DoesNotRunAgain()
    {
        await using var app = await StartAsync(configure: options => options.MaxFinishedPerName = 1);
        var id = await AddNoteAsync(app, "a");
        app.Delete.IsOn = true;
        await Assert.ThrowsAsync<IOException>(() => app.Relay.RelayAsync(Cancellation));
        await app.ProcessAllAsync();
        app.Delete.IsOn = false;
        await app.Engine.RunAsync("note.tell", new { text = "later" });
        Assert.Equal(1, await app.Engine.Get<RedisTrim>().TrimAsync(Cancellation));
        Assert.Null(await app.Engine.Client.GetAsync(id, Cancellation));

        Assert.Equal(1, await app.Relay.RelayAsync(Cancellation));
        await app.ProcessAllAsync();
        Assert.Equal(1, app.Runs.Count["a"]);
    }

    [Fact]
    public async Task Relay_StoreLosesItsAnswer_IsTriedAgainAndRunsOnce()
    {
        LossyStore? store = null;
        await using var app = await StartAsync(TimeSpan.FromMilliseconds(100), add: services => services.AddSingleton<IJobStore>(
            s => store = new(ActivatorUtilities.CreateInstance<RedisJobStore>(s)) { Creates = 1 }));
        await AddNoteAsync(app, "a");
        await app.StartLoopAsync();
        await app.Engine.ProcessNextAsync();
        await app.ProcessAllAsync();
        Assert.Equal(1, app.Runs.Count["a"]);
        Assert.True(store!.Creates < 0);
    }

    [Fact]
    public async Task Relay_ManyProcessesAtOnce_EachJobRunsOnce()
    {
        await using var app = await StartAsync();
        await app.InScopeAsync(async (db, outbox) =>
        {
            foreach (var i in Enumerable.Range(0, 250))
                outbox.Enqueue<NoteJobs>(j => j.Tell($"{i}"));
            return await db.SaveChangesAsync(Cancellation);
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.Relay.RelayAsync(Cancellation), Cancellation)));
        await app.ProcessAllAsync();
        Assert.Equal(250, app.Runs.Count.Count);
        Assert.All(app.Runs.Count.Values, runs => Assert.Equal(1, runs));
        Assert.Equal(0, await app.CountAsync<JobOutboxMessage>());
    }

    [Fact]
    public async Task Relay_UnreadableRow_StaysAndStopsNobody()
    {
        await using var app = await StartAsync();
        await app.InScopeAsync(async (db, _) =>
        {
            db.Add(new JobOutboxMessage { Id = Guid.Empty, Message = "{\"v\":1,\"jobs\":[{\"id\":7}]}" });
            db.Add(new JobOutboxMessage { Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Message = "no message" });
            return await db.SaveChangesAsync(Cancellation);
        });
        await AddNoteAsync(app, "a");
        Assert.Equal(1, await app.Relay.RelayAsync(Cancellation));
        await app.ProcessAllAsync();
        Assert.Equal(1, app.Runs.Count["a"]);
        Assert.Equal(2, await app.CountAsync<JobOutboxMessage>());
    }

    [Fact]
    public async Task Enqueue_BadArguments_AreRefusedAtOnce()
    {
        await using var app = await StartAsync();
        await app.InScopeAsync(async (db, outbox) =>
        {
            Assert.Throws<UnknownJobException>(() => outbox.Enqueue("no.such", JsonSerializer.SerializeToElement(new { })));
            Assert.Throws<InvalidArgumentsException>(() => outbox.Enqueue("note.tell", JsonSerializer.SerializeToElement(new { })));
            var error = Assert.Throws<ArgumentException>(() => outbox.Enqueue<NoteJobs>(j => j.Tell("a"), new() { IdempotencyKey = "k" }));
            Assert.Contains("unique index", error.Message, StringComparison.Ordinal);
            return await db.SaveChangesAsync(Cancellation);
        });
        Assert.Equal(0, await app.CountAsync<JobOutboxMessage>());
    }

    [Fact]
    public async Task Enqueue_WithDelay_ItCountsFromThen()
    {
        await using var app = await StartAsync();
        var before = TimeProvider.System.GetUtcNow();
        var id = await app.InScopeAsync(async (db, outbox) =>
        {
            var job = outbox.Enqueue<NoteJobs>(j => j.Tell("a"), new() { Delay = TimeSpan.FromMinutes(5) });
            await db.SaveChangesAsync(Cancellation);
            return job;
        });
        await app.Relay.RelayAsync(Cancellation);
        var job = await app.Engine.GetAsync(id);
        Assert.Equal(JobState.Scheduled, job.State);
        Assert.InRange(job.DueAt!.Value, before + TimeSpan.FromMinutes(4.9), before + TimeSpan.FromMinutes(5.5));
    }

    private async Task<NotesApp> StartAsync(TimeSpan? interval = null, Action<LovageOptions>? configure = null, Action<IServiceCollection>? add = null) =>
        await NotesApp.StartAsync(Servers.RedisConnectionString, await NewDatabaseAsync(), interval, configure, add);

    private static Task<JobId> AddNoteAsync(NotesApp app, string text) => app.InScopeAsync(async (db, outbox) =>
    {
        db.Notes.Add(new() { Text = text });
        var id = outbox.Enqueue<NoteJobs>(j => j.Tell(text));
        await db.SaveChangesAsync(Cancellation);
        return id;
    });
}
