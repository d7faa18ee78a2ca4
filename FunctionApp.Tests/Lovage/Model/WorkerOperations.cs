using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>A process starts, or goes on under a new identity after it has lost its lease.</summary>
internal sealed record Lease(int Process) : Operation
{
    // Longer than any list of operations takes: leases end in the model's time only.
    internal const string Milliseconds = "3600000";

    public override async Task HappenAsync(World world)
    {
        if (world.Process(Process) is { } process && world.Reference.IsAlive(process.Id))
            return;
        var worker = world.NewIdentity(Process);
        var keys = world.Connection.Keys;
        var epoch = (string)(await world.Connection.RunAsync(
            RedisScripts.Acquire, [keys.Lease(worker), keys.Workers, keys.Epoch], [worker.Value, Milliseconds, Guid.NewGuid().ToString("N")], world.Cancellation))!;
        world.Agree(world.Reference.Lease(worker, epoch), epoch);
        world.Remember(Process, worker, epoch);
    }
}

/// <summary>A process renews its lease, and hears of jobs to be cancelled.</summary>
internal sealed record Renew(int Process) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Process(Process) is not { } process)
            return;
        var (worker, epoch) = process;
        var keys = world.Connection.Keys;
        var answer = (string[])(await world.Connection.RunAsync(
            RedisScripts.Renew, [keys.Lease(worker), keys.Workers, keys.Epoch, keys.Cancellations(worker)],
            [worker.Value, Lease.Milliseconds, epoch, Guid.NewGuid().ToString("N")], world.Cancellation))!;
        world.Agree(world.Reference.Renew(worker, epoch, answer[1]), answer[0]);
        world.Agree(world.Reference.Epoch!, answer[1]);
        if (answer[0] == "lost")
            return;
        world.Remember(Process, worker, answer[1]);
        // It may hear of jobs that it runs no longer: they mean nothing to it.
        var told = answer[2..].Intersect(world.Reference.HeldBy(worker.Value)).Order(StringComparer.Ordinal);
        world.Agree(string.Join(' ', world.Reference.CancellationsOf(worker)), string.Join(' ', told));
    }
}

/// <summary>A process dies, or is paused for so long that nobody can tell.</summary>
internal sealed record Crash(int Process) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Process(Process) is not { } process)
            return;
        var lease = world.Connection.Keys.Lease(process.Id);
        await world.Connection.CallAsync(db => db.KeyDeleteAsync(lease), world.Cancellation);
        world.Reference.LoseLease(process.Id);
    }
}

/// <summary>A message is delivered, with one job or two. Again: the answer to the latest delivery was lost.</summary>
internal sealed record Claim(int Job, int? Beside, int Process, bool Alone, bool Again) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Process(Process) is not { } process)
            return;
        var members = new[] { world.Job(Job), Beside is { } beside ? world.Job(beside) : null }.OfType<Member>().Distinct().ToArray();
        if (members.Length == 0)
            return;
        var envelopes = members.Select(job => world.Deliver(job, process.Id, Again)).ToArray();
        var expected = world.Reference.Claim(process.Id, envelopes, Alone);
        var actual = await AskAsync(world, process.Id, envelopes);
        world.Agree(Describe(expected), Describe(actual));
        foreach (var answer in actual ?? [])
        {
            if (answer is ClaimAnswer.Run(var run))
                world.Remember(run);
        }
    }

    private async Task<IReadOnlyList<ClaimAnswer>?> AskAsync(World world, WorkerId worker, JobEnvelope[] envelopes)
    {
        try
        {
            return await world.Store.ClaimAsync(worker, envelopes, Alone, world.Cancellation);
        }
        catch (WorkerLeaseLostException)
        {
            return null;
        }
    }

    // How long it waited is measured, and decides nothing in the store.
    private static string Describe(IReadOnlyList<ClaimAnswer>? answers) => answers is null ? "no lease" : string.Join(", ", answers.Select(answer =>
        answer is ClaimAnswer.Run(var run) ? new ClaimAnswer.Run(run with { Delay = default, Waited = null }) : answer));
}

/// <summary>A delivered job has no record, and the store is another than the one that it was enqueued in: it is recorded anew.</summary>
internal sealed record Rebuild(int Job, JobOrigin Origin) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Job(Job) is not { } job || job.Message.Epoch == world.Reference.Epoch)
            return;
        await Enqueue.CreateAsync(world, [job.Message with { Origin = Origin }]);
    }
}
