using System.Text;
using Lovage.Jobs;
using Lovage.Listing;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Listing;

public sealed class JobListTests(RealServers servers) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Engine engine = null!;

    public ValueTask InitializeAsync()
    {
        engine = new(servers.RedisConnectionString, options => options.MaxAttempts = 1, jobs: typeof(ListedJobs));
        return default;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Read_PageByPage_GivesEachJobOnceNewestFirst()
    {
        var ids = await EnqueueAsync(25, "list.quick");
        var seen = await ReadAllAsync(new() { Limit = 7 });
        Assert.Equal(ids.Reverse(), seen.Select(job => job.Id));
    }

    [Fact]
    public async Task Read_ManyOfOneMillisecond_GivesEachJobOnce()
    {
        // One script, one time.
        var jobs = Enumerable.Range(0, 300).Select(_ => new JobEnvelope { Id = JobId.New(TimeProvider.System), Name = "list.quick", Arguments = Encoding.UTF8.GetBytes("{}") }).ToArray();
        await engine.Store.CreateAsync(jobs, Cancel);
        var seen = await ReadAllAsync(new() { Limit = 7 });
        Assert.Equal(300, seen.Select(job => job.Id).Distinct().Count());
        Assert.Equal(300, seen.Count);
        Assert.Single(seen.Select(job => job.EnqueuedAt).Distinct());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("list.quick")]
    public async Task Read_JobsMoveBetweenPages_NoneIsLeftOutOrComesTwice(string? name)
    {
        var ids = await EnqueueAsync(30, "list.quick");
        var seen = new List<JobId>();
        string? cursor = null;
        do
        {
            var page = await List.ReadAsync(new() { Limit = 10, Name = name, Cursor = cursor }, Cancel);
            seen.AddRange(page.Jobs.Select(job => job.Id));
            cursor = page.Cursor;
            // Those that were not seen yet end, and others come.
            for (var i = 0; i < 10; i++)
                await engine.ProcessNextAsync();
            await EnqueueAsync(5, "list.quick");
        }
        while (cursor is not null);
        Assert.Equal(ids.Reverse(), seen);
    }

    [Fact]
    public async Task Read_ByStateAndNameAndTime_GivesThoseAlone()
    {
        await EnqueueAsync(3, "list.quick");
        await EnqueueAsync(2, "list.fail");
        for (var i = 0; i < 5; i++)
            await engine.ProcessNextAsync();
        var late = await EnqueueAsync(4, "list.quick");

        Assert.Equal(2, (await List.ReadAsync(new() { State = JobState.Failed }, Cancel)).Jobs.Count);
        Assert.Equal(3, (await List.ReadAsync(new() { State = JobState.Succeeded }, Cancel)).Jobs.Count);
        Assert.Equal(late.Reverse(), (await List.ReadAsync(new() { State = JobState.Queued }, Cancel)).Jobs.Select(job => job.Id));
        Assert.Equal(7, (await List.ReadAsync(new() { Name = "list.quick" }, Cancel)).Jobs.Count);
        Assert.Empty((await List.ReadAsync(new() { Name = "list.fail", State = JobState.Succeeded }, Cancel)).Jobs);
        var first = (await engine.GetAsync(late[0])).EnqueuedAt;
        Assert.All((await List.ReadAsync(new() { From = first }, Cancel)).Jobs, job => Assert.True(job.EnqueuedAt >= first));
        Assert.Empty((await List.ReadAsync(new() { To = first - TimeSpan.FromHours(1) }, Cancel)).Jobs);
        Assert.Equal(9, (await List.ReadAsync(new() { From = first - TimeSpan.FromHours(1), To = first + TimeSpan.FromHours(1) }, Cancel)).Jobs.Count);
    }

    [Fact]
    public async Task Read_FewOfAStateAmongMany_AreOnTheFirstPage()
    {
        await EnqueueAsync(2, "list.fail");
        await engine.ProcessNextAsync();
        await engine.ProcessNextAsync();
        await EnqueueAsync(12_000, "list.quick");

        var page = await List.ReadAsync(new() { State = JobState.Failed, Limit = 1 }, Cancel);
        Assert.Single(page.Jobs);
        page = await List.ReadAsync(new() { State = JobState.Failed, Limit = 1, Cursor = page.Cursor }, Cancel);
        Assert.Equal((1, null), (page.Jobs.Count, page.Cursor));
    }

    [Fact]
    public async Task Read_NothingFits_LooksAtABoundedNumberAndSaysWhereToGoOn()
    {
        await EnqueueAsync(1, "list.fail");
        await EnqueueAsync(12_000, "list.quick");
        var page = await List.ReadAsync(new() { Name = "list.fail" }, Cancel);
        Assert.Empty(page.Jobs);
        page = await List.ReadAsync(new() { Name = "list.fail", Cursor = page.Cursor }, Cancel);
        Assert.Equal((1, null), (page.Jobs.Count, page.Cursor));
    }

    [Fact]
    public async Task Read_TrimmedJobs_AreGoneFromTheIndexToo()
    {
        await using var keep = new Engine(servers.RedisConnectionString, options => options.MaxFinishedPerName = 1, jobs: typeof(ListedJobs));
        for (var i = 0; i < 3; i++)
            await keep.RunAsync("list.quick");
        await keep.Get<global::Lovage.Processing.JobSweep>().SweepAsync(Cancel);
        Assert.Single((await keep.Get<JobList>().ReadAsync(new(), Cancel)).Jobs);
        var connection = keep.Get<global::Lovage.Store.Redis.RedisConnection>();
        Assert.Equal(1, await connection.CallAsync(db => db.SortedSetLengthAsync(connection.Keys.Jobs), Cancel));
    }

    [Theory]
    [InlineData("Cursor", "nonsense", 10)]
    [InlineData("Cursor", "1764200000000nonsense", 10)]
    [InlineData("Limit", null, 0)]
    [InlineData("Limit", null, 1_001)]
    public async Task Read_QueryUnusable_NamesTheProperty(string property, string? cursor, int limit) =>
        Assert.Equal(property, (await Assert.ThrowsAnyAsync<ArgumentException>(() => List.ReadAsync(new() { Cursor = cursor, Limit = limit }, Cancel))).ParamName);

    private JobList List => engine.Get<JobList>();

    private async Task<IReadOnlyList<JobId>> EnqueueAsync(int count, string name)
    {
        var none = System.Text.Json.JsonSerializer.SerializeToElement(new { });
        var ids = new List<JobId>();
        // One a call, so that each has a place of its own; many together where that does not matter.
        if (count > 100)
            return await engine.Client.EnqueueAsync([.. Enumerable.Range(0, count).Select(_ => global::Lovage.Client.JobRequest.Of(name, none))], Cancel);
        for (var i = 0; i < count; i++)
        {
            ids.Add(await engine.Client.EnqueueAsync(name, none, cancellation: Cancel));
            var at = (await engine.GetAsync(ids[^1])).EnqueuedAt;
            // The store's clock goes on.
            while (await NowAsync() <= at)
                await Task.Yield();
        }
        return ids;
    }

    private async Task<DateTimeOffset> NowAsync()
    {
        var time = (string[])(await engine.Get<global::Lovage.Store.Redis.RedisConnection>().CallAsync(db => db.ExecuteAsync("TIME"), Cancel))!;
        return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time[0], System.Globalization.CultureInfo.InvariantCulture) * 1_000 + long.Parse(time[1], System.Globalization.CultureInfo.InvariantCulture) / 1_000);
    }

    private async Task<List<JobRecord>> ReadAllAsync(JobQuery query)
    {
        var all = new List<JobRecord>();
        do
        {
            var page = await List.ReadAsync(query, Cancel);
            Assert.InRange(page.Jobs.Count, 0, query.Limit);
            all.AddRange(page.Jobs);
            query = query with { Cursor = page.Cursor };
        }
        while (query.Cursor is not null);
        return all;
    }

    internal sealed class ListedJobs
    {
        [Job("list.quick")]
        public void Quick()
        {
        }

        [Job("list.fail")]
        public void Fail() => throw new InvalidOperationException("on purpose");
    }
}
