using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>New jobs, recorded together; by the same wish, if there is one.</summary>
internal sealed record Enqueue(int Count, TimeSpan? Delay, TimeSpan? ExpiresAfter, int? Wish) : Operation
{
    public override Task HappenAsync(World world)
    {
        IdempotencyKey? wish = Wish is { } which ? World.Wishes[which] : null;
        return RecordAsync(world, [.. Enumerable.Range(0, Count).Select(_ => world.NewJob(Delay, ExpiresAfter, wish))]);
    }

    internal static async Task RecordAsync(World world, Member[] jobs)
    {
        var created = await CreateAsync(world, [.. jobs.Select(job => job.Request)]);
        foreach (var job in jobs)
        {
            job.Message = job.Request with
            {
                Epoch = created.Epoch,
                NotBefore = job.Request.Delay is { } delay ? created.Now + delay : null,
                Expires = job.Request.ExpiresAfter is { } after ? created.Now + after : null,
                Delay = null,
                ExpiresAfter = null,
                Idempotency = null,
            };
        }
    }

    internal static async Task<CreatedJobs> CreateAsync(World world, JobEnvelope[] jobs)
    {
        var actual = await world.Store.CreateAsync(jobs, world.Cancellation);
        world.Agree(Describe(world.Reference.Create(jobs, actual.Epoch)), Describe(actual));
        return actual;
    }

    private static string Describe(CreatedJobs created) => $"{created.Epoch} {created.Now} {string.Join(", ", created.Earlier)}";
}

/// <summary>The answer was lost, and the caller's client asks again.</summary>
internal sealed record EnqueueAgain(int Job) : Operation
{
    public override Task HappenAsync(World world) => world.Job(Job) is { } job ? Enqueue.RecordAsync(world, [job]) : Task.CompletedTask;
}

internal sealed record CancelJob(int Job) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Job(Job)?.Request.Id is { } id)
            world.Agree($"{world.Reference.Cancel(id)}", $"{await world.Store.CancelAsync(id, world.Cancellation)}");
    }
}

internal sealed record ReplayJob(int Job, bool RepeatEffects) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Job(Job)?.Request.Id is { } id)
            world.Agree($"{world.Reference.Replay(id, RepeatEffects)}", $"{await world.DeadLetters.ReplayAsync(id, null, RepeatEffects, world.Cancellation)}");
    }
}

/// <summary>What came by the queue cannot be run.</summary>
internal sealed record Bury(int Job) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Job(Job) is not { } job)
            return;
        var letter = new DeadLetter(job.Request.Id, job.Request.Name, "", FailureReason.RecordLost, new("Lovage.RecordLost", "gone"));
        await world.DeadLetters.BuryAsync(letter, world.Cancellation);
        world.Reference.Bury(letter);
    }
}
