using System.Text;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Queue;

namespace FunctionApp.Tests.Lovage.Jobs;

public sealed class AliasTests(RealServers servers)
{
    [Fact]
    public async Task Enqueue_ByAnAlias_RecordsTheJobByItsName()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("greet.old", new { who = "you" });
        Assert.Equal("greet.new", (await engine.GetAsync(id)).Name);
        Assert.Equal("greet.new", Assert.Single(MessageReader.Read(Assert.Single(engine.Queue.Drain())).Jobs).Name);
    }

    [Fact]
    public async Task Enqueue_ByAnAliasWithBadArguments_IsRefusedByItsName()
    {
        await using var engine = NewEngine();
        var e = await Assert.ThrowsAsync<InvalidArgumentsException>(() => engine.EnqueueAsync("greet.old", new { whom = "you" }));
        Assert.Equal("greet.new", e.Job);
    }

    [Fact]
    public async Task Process_MessageAndRecordWithTheOldName_RunAsTheJobThatItIsNow()
    {
        await using var old = new Engine(servers.RedisConnectionString, jobs: typeof(OldJobs));
        var recorded = await old.EnqueueAsync("greet.old", new { who = "you" });
        await using var engine = NewEngine(old);
        await engine.Processor.ProcessAsync(await old.Queue.ReceiveAsync(), CancellationToken.None);
        var sent = JobId.New(TimeProvider.System);
        await engine.Processor.ProcessAsync($$$"""{"v":1,"jobs":[{"id":"{{{sent}}}","name":"greet.old","args":{"who":"you"}}]}""", CancellationToken.None);
        foreach (var job in new[] { await engine.GetAsync(recorded), await engine.GetAsync(sent) })
        {
            Assert.Equal((JobState.Succeeded, "greet.old"), (job.State, job.Name));
            Assert.Equal("greet.new: you", JsonSerializer.Deserialize<string>(Encoding.UTF8.GetString(job.Result!.Value.Span)));
        }
    }

    // An app's next version, with the store of the one before.
    private Engine NewEngine(Engine? before = null) => new(
        servers.RedisConnectionString, options => options.KeyPrefix = before?.Prefix ?? options.KeyPrefix, jobs: typeof(NewJobs));

    private sealed class OldJobs
    {
        [Job("greet.old")]
        public string Greet(string who) => who;
    }

    private sealed class NewJobs
    {
        [Job("greet.new", Aliases = ["greet.old"])]
        public string Greet(string who, JobContext job) => $"{job.Name}: {who}";
    }
}
