using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>The first half of a sweep: the jobs of dead workers go back.</summary>
internal sealed record SweepWorkers : Operation
{
    public override async Task HappenAsync(World world)
    {
        var dead = (await world.Sweep.FindDeadWorkersAsync(world.Cancellation)).OrderBy(worker => worker.Value, StringComparer.Ordinal).ToArray();
        world.Agree(string.Join(' ', world.Reference.DeadWorkers.Order(StringComparer.Ordinal)), string.Join(' ', dead));
        foreach (var worker in dead)
        {
            var held = world.Reference.HeldBy(worker.Value).ToArray();
            var expected = held.Select(id => (id, State: world.Reference.Reclaim(new(Guid.Parse(id)), worker))).ToArray();
            var actual = await world.Sweep.ReclaimAsync(worker, world.Cancellation);
            world.Reference.Forget(worker);
            world.Agree(
                string.Join(' ', expected.Select(job => $"{job.id}={job.State}")),
                string.Join(' ', actual.OrderBy(job => job.Id.ToString(), StringComparer.Ordinal).Select(job => $"{job.Id}={job.State}")));
        }
    }
}

/// <summary>The second half of a sweep: jobs whose message may be lost are rung again.</summary>
internal sealed record Ring : Operation
{
    public override async Task HappenAsync(World world)
    {
        var suspects = await world.Sweep.FindSuspectsAsync(world.Cancellation);
        world.Agree(string.Join(' ', world.Reference.Suspects()), string.Join(' ', suspects));
        await Take.HappenAsync(world, [.. suspects]);
    }
}

/// <summary>A job is to be rung, suspect or not.</summary>
internal sealed record Take(int Job) : Operation
{
    public override Task HappenAsync(World world) => world.Job(Job) is { } job ? HappenAsync(world, [job.Request.Id]) : Task.CompletedTask;

    internal static async Task HappenAsync(World world, JobId[] ids)
    {
        var actual = await world.Sweep.TakeAsync(ids, world.Cancellation);
        world.Agree(string.Join(' ', world.Reference.Take(ids)), string.Join(' ', actual.Select(taken => $"{taken.Job.Id}{(taken.Alone ? " alone" : "")}")));
    }
}

/// <summary>The queue took no message for it.</summary>
internal sealed record MarkUnrung(int Job) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Job(Job)?.Request.Id is not { } id)
            return;
        await world.Sweep.MarkUnrungAsync([id], world.Cancellation);
        world.Reference.MarkUnrung(id);
    }
}

/// <summary>The last part of a sweep: what has been kept long enough is forgotten.</summary>
internal sealed record Trim : Operation
{
    public override async Task HappenAsync(World world) => world.Agree($"{world.Reference.Trim()}", $"{await world.Trim.TrimAsync(world.Cancellation)}");
}
