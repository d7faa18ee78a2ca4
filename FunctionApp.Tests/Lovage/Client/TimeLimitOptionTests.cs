using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Client;

public sealed class TimeLimitOptionTests(RealServers servers) : IAsyncDisposable
{
    private readonly Stage stage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Engine? engine;

    private Engine Engine => engine ??= new(servers.RedisConnectionString, options => options.MaxAttempts = 1, services => services.AddSingleton(stage), typeof(StageJobs));

    public ValueTask DisposeAsync() => engine?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Enqueue_TimeLimit_TravelsAndCancelsTheRun()
    {
        var id = await Engine.Client.EnqueueAsync<StageJobs>(jobs => jobs.WaitAsync(null!), new() { TimeLimit = TimeSpan.FromMilliseconds(50) }, Cancel);
        var message = await Engine.Queue.ReceiveAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(50), Assert.Single(MessageReader.Read(message).Jobs).TimeLimit);
        await Engine.Processor.ProcessAsync(message, Cancel).WaitAsync(Limits.Signal);
        var job = await Engine.GetAsync(id);
        Assert.Equal((JobState.Failed, typeof(TimeoutException).FullName), (job.State, job.Error!.Type));
    }

    [Fact]
    public async Task Ring_FromTheRecord_CarriesTheTimeLimit()
    {
        var id = await Engine.Client.EnqueueAsync<StageJobs>(jobs => jobs.Count(null!), new() { TimeLimit = TimeSpan.FromSeconds(7) }, Cancel);
        var sweep = Engine.Get<RedisSweep>();
        await sweep.MarkUnrungAsync([id], Cancel);
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(await sweep.TakeAsync([id], Cancel)).Job.TimeLimit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_401)]
    public async Task Enqueue_TimeLimitOutOfRange_IsRefused(int seconds) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
        Engine.Client.EnqueueAsync<StageJobs>(jobs => jobs.Count(null!), new() { TimeLimit = TimeSpan.FromSeconds(seconds) }, Cancel));
}
