using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>A part of a job's way, in which something goes wrong at every point in turn.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PlayAsync">What happens.</param>
internal sealed record Scenario(string Name, Func<Outside, Task> PlayAsync)
{
    private static readonly TimeSpan LongerThanAnyPause = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan LongerThanRecordsAreKept = TimeSpan.FromHours(7);

    /// <summary>What is there before; nothing goes wrong in it.</summary>
    public Func<Outside, Task> ArrangeAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>What the callers do when all is well again.</summary>
    public Func<Outside, Task> AskAgainAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>No more records than this, however often somebody asked.</summary>
    public int MostJobs { get; init; } = int.MaxValue;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("enqueue, claim, retry, succeed", async outside =>
        {
            await outside.EnqueueAsync(["crash.succeed", "crash.flaky"], null, JobState.Succeeded);
            await outside.DeliverAsync();
            await outside.PassAsync(LongerThanAnyPause);
            await outside.DeliverAsync();
        }),
        new("fail, replay", async outside =>
        {
            var ids = await outside.EnqueueAsync(["crash.fail"], null, JobState.Succeeded, JobState.Failed);
            for (var attempt = 0; attempt < CrashJobs.MaxAttempts; attempt++)
            {
                await outside.DeliverAsync();
                await outside.PassAsync(LongerThanAnyPause);
            }
            outside.Witness.IsMended = true;
            await outside.ReplayAsync(ids[0]);
            await outside.DeliverAsync();
        }),
        new("cancel before and while it runs", async outside =>
        {
            var ids = await outside.EnqueueAsync(["crash.succeed"], new() { Delay = TimeSpan.FromMinutes(1) }, JobState.Cancelled, JobState.Succeeded);
            await outside.CancelAsync(ids[0]);
            await outside.EnqueueAsync(["crash.cancel"], null, JobState.Cancelled);
            await outside.DeliverAsync();
        }),
        new("sweep: a worker is gone", async outside =>
        {
            await outside.SweepAsync();
            await outside.DeliverAsync();
        })
        {
            ArrangeAsync = async outside =>
            {
                await outside.EnqueueAsync(["crash.succeed", "crash.succeed"], null, JobState.Succeeded);
                await outside.DieWithAllAsync();
                var cancelled = await outside.EnqueueAsync(["crash.succeed"], null, JobState.Cancelled);
                await outside.DieWithAllAsync(() => outside.CancelAsync(cancelled[0]));
            },
        },
        new("sweep: messages are lost", async outside =>
        {
            await outside.SweepAsync();
            await outside.DeliverAsync();
        })
        {
            ArrangeAsync = async outside =>
            {
                await outside.EnqueueAsync(["crash.succeed", "crash.succeed"], null, JobState.Succeeded);
                await outside.EnqueueAsync(["crash.succeed"], new() { Delay = TimeSpan.FromMinutes(1) }, JobState.Succeeded);
                outside.Queue.Drain();
                await outside.PassAsync(LongerThanAnyPause);
            },
        },
        new("sweep: trim", async outside =>
        {
            await outside.SweepAsync();
            await outside.SweepAsync();
        })
        {
            ArrangeAsync = async outside =>
            {
                await outside.EnqueueAsync(["crash.succeed", "crash.succeed"], null, JobState.Succeeded);
                outside.SendForeign("crash.succeed", JobState.Succeeded);
                await outside.DeliverAsync();
                foreach (var promise in outside.Promises.Values)
                    outside.Promise(promise with { MayBeTrimmed = true });
                await outside.PassAsync(LongerThanRecordsAreKept);
            },
        },
        new("stop: release, hand back", async outside =>
        {
            await outside.EnqueueAsync(["crash.stop"], null, JobState.Succeeded);
            await outside.EnqueueAsync(["crash.succeed"], null, JobState.Succeeded);
            await outside.DeliverAsync(outside.Witness.Shutdown.Token);
            await outside.DeliverAsync();
        }),
        new("effects", async outside =>
        {
            await outside.EnqueueAsync(["crash.effects"], null, JobState.Succeeded, JobState.Failed);
            await outside.DeliverAsync();
            await outside.PassAsync(LongerThanAnyPause);
            await outside.DeliverAsync();
        }),
        new("enqueue once", async outside =>
        {
            await EnqueueOnceAsync(outside);
            await EnqueueOnceAsync(outside);
            await outside.DeliverAsync();
        })
        {
            AskAgainAsync = EnqueueOnceAsync,
            MostJobs = 1,
        },
        LosesItsStore("crash.lose"),
        LosesItsStore("crash.lose-and-fail"),
        new("a job that nobody knows", async outside =>
        {
            await outside.DeliverAsync();
            await outside.PassAsync(LongerThanAnyPause);
            await outside.DeliverAsync();
        })
        {
            ArrangeAsync = outside =>
            {
                outside.SendForeign("crash.unknown", JobState.Failed);
                return Task.CompletedTask;
            },
        },
        new("messages of others, unreadable and unknown ones", async outside =>
        {
            outside.SendForeign("crash.flaky", JobState.Succeeded);
            outside.SendUnreadable();
            outside.SendOfALostStore("crash.succeed");
            await outside.DeliverAsync();
            await outside.RescueAsync(outside.Delivered[0]);
            await outside.DeliverAsync();
        }),
    ];

    public override string ToString() => Name;

    private static Scenario LosesItsStore(string name) => new($"the store loses its data, {name}", async outside =>
    {
        outside.Witness.LoseStoreAsync = outside.LoseStoreAsync;
        await outside.DeliverAsync();
        await outside.DeliverAsync();
    })
    {
        ArrangeAsync = async outside =>
        {
            await outside.EnqueueAsync([name], null, JobState.Succeeded);
            await outside.EnqueueAsync(["crash.succeed"], null, JobState.Succeeded);
        },
    };

    private static Task EnqueueOnceAsync(Outside outside) => outside.EnqueueAsync(["crash.succeed"], new() { IdempotencyKey = "wish" }, JobState.Succeeded);
}
