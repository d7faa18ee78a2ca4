using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.EmbeddedHost.Timers;

public sealed class TimerFunctionTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Noon);

    public sealed class EveryHour(Signals signals)
    {
        [Function("EveryHour")]
        public void Run([TimerTrigger("01:00:00")] TimerInfo timer) => signals.Tell(timer);
    }

    [Fact]
    public async Task TimeSpan_EachInterval_RunsWithItsOccurrences()
    {
        await using var host = await Start(typeof(EveryHour));

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(host.Signals.NothingTold);
        clock.Advance(TimeSpan.FromMinutes(1));
        var first = (TimerInfo)(await host.Signals.NextAsync())!;
        clock.Advance(TimeSpan.FromHours(1));
        var second = (TimerInfo)(await host.Signals.NextAsync())!;

        Assert.Equal(default, first.ScheduleStatus!.Last);
        Assert.Equal(Noon.AddHours(1).UtcDateTime, first.ScheduleStatus.Next);
        Assert.Equal(Noon.AddHours(1).UtcDateTime, second.ScheduleStatus!.Last);
        Assert.Equal(Noon.AddHours(2).UtcDateTime, second.ScheduleStatus.Next);
        Assert.False(first.IsPastDue);
    }

    public sealed class Cron(Signals signals)
    {
        [Function("Cron")]
        public void Run([TimerTrigger("%Schedule%")] TimerInfo timer) => signals.Tell(timer);
    }

    [Theory]
    [InlineData("0 30 12 * * *", 30)]
    [InlineData("*/5 * * * *", 5)]
    public async Task Cron_FromASetting_RunsWhenDue(string schedule, int minutes)
    {
        await using var host = await Start(typeof(Cron), app => app.Settings["Schedule"] = schedule);

        clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.True(host.Signals.NothingTold);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Noon.AddMinutes(minutes).UtcDateTime, ((TimerInfo)(await host.Signals.NextAsync())!).ScheduleStatus!.Next);
    }

    [Fact]
    public async Task Schedule_UnderAMinute_HasNoStatus()
    {
        await using var host = await Start(typeof(Cron), app => app.Settings["Schedule"] = "*/10 * * * * *");

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(((TimerInfo)(await host.Signals.NextAsync())!).ScheduleStatus);
    }

    [Fact]
    public async Task Cron_MachineInAnotherTimeZone_IsMeantInUtc()
    {
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("five hours ahead", TimeSpan.FromHours(5), null, null));
        await using var host = await Start(typeof(Cron), app => app.Settings["Schedule"] = "0 30 12 * * *");

        clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(Noon.AddMinutes(30).UtcDateTime, ((TimerInfo)(await host.Signals.NextAsync())!).ScheduleStatus!.Next);
    }

    [Fact]
    public async Task Start_AfterAnOccurrenceWasMissed_WaitsForTheNext()
    {
        await using var host = await Start(typeof(Cron), app => app.Settings["Schedule"] = "0 0 11 * * *");

        clock.Advance(TimeSpan.FromHours(23) - TimeSpan.FromSeconds(1));
        Assert.True(host.Signals.NothingTold);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(((TimerInfo)(await host.Signals.NextAsync())!).IsPastDue);
    }

    [Fact]
    public async Task Occurrence_TwoHosts_RunsInEach()
    {
        await using var one = await Start(typeof(EveryHour));
        await using var other = await Start(typeof(EveryHour));

        clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<TimerInfo>(await one.Signals.NextAsync());
        Assert.IsType<TimerInfo>(await other.Signals.NextAsync());
    }

    public sealed class AtStart(Signals signals)
    {
        [Function("AtStart")]
        public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) => signals.Tell("ran");
    }

    [Fact]
    public async Task RunOnStartup_Set_RunsOnceAtOnce()
    {
        await using var host = await Start(typeof(AtStart));
        Assert.Equal("ran", await host.Signals.NextAsync());
        Assert.True(host.Signals.NothingTold);
    }

    public sealed class Failing(Signals signals)
    {
        [Function("Failing")]
        public void Run([TimerTrigger("01:00:00")] TimerInfo timer)
        {
            signals.Tell("ran");
            throw new InvalidOperationException("tick");
        }
    }

    [Fact]
    public async Task Function_Throws_IsLoggedAndRunsAgain()
    {
        await using var host = await Start(typeof(Failing));

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("ran", await host.Signals.NextAsync());
        await host.Logs.NextAsync(l => l is { Category: "Function.Failing", Level: LogLevel.Error });
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("ran", await host.Signals.NextAsync());
    }

    public sealed class Undisposable : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("will not go");
    }

    public sealed class Careless(Signals signals, Undisposable undisposable)
    {
        [Function("Careless")]
        public void Run([TimerTrigger("01:00:00")] TimerInfo timer) => signals.Tell(undisposable.GetType().Name);
    }

    [Fact]
    public async Task Function_ScopeCannotBeDisposed_IsLoggedAndRunsAgain()
    {
        await using var host = await Start(typeof(Careless), app => app.Services = services => services.AddScoped<Undisposable>());

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Undisposable", await host.Signals.NextAsync());
        await host.Logs.NextAsync(l => l is { Category: "Function.Careless", Level: LogLevel.Error });
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("Undisposable", await host.Signals.NextAsync());
    }

    public sealed class Overrunning(Signals signals)
    {
        [Function("Overrunning")]
        public async Task Run([TimerTrigger("01:00:00")] TimerInfo timer)
        {
            signals.Tell(timer);
            await signals.PassAsync("go");
            signals.Tell("end");
        }
    }

    [Fact]
    public async Task Function_RunsOverItsNextOccurrence_DoesNotOverlapAndRunsLate()
    {
        await using var host = await Start(typeof(Overrunning));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<TimerInfo>(await host.Signals.NextAsync());

        clock.Advance(TimeSpan.FromMinutes(90));
        Assert.True(host.Signals.NothingTold);
        host.Signals.Open("go");

        Assert.Equal("end", await host.Signals.NextAsync());
        Assert.True(((TimerInfo)(await host.Signals.NextAsync())!).IsPastDue);
    }

    private Task<TestHost> Start(Type functions, Action<TestApp>? configure = null)
    {
        var app = new TestApp(functions) { Clock = clock };
        configure?.Invoke(app);
        return app.StartAsync();
    }
}
