using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>What a body's end is to its run.</summary>
internal enum Ending
{
    Succeed,
    SucceedWithResult,
    Fail,
    Retry,
    RetryAtOnce,
    Release,
    Stop,
}

/// <summary>A run ends. It may have lost its job long ago: its process was paused.</summary>
internal sealed record Settle(int Run, Ending Ending) : Operation
{
    private static readonly InvalidOperationException Error = new("on purpose");

    public override async Task HappenAsync(World world)
    {
        if (world.Run(Run) is not { } run)
            return;
        world.Of(run).Delivered = null;
        world.Agree($"{world.Reference.Settle(run, Of(Ending))}", $"{await world.Store.SettleAsync(run, Of(Ending), world.Cancellation)}");
    }

    internal static Settlement Of(Ending ending) => ending switch
    {
        Ending.Succeed => Settlement.Succeeded(null),
        Ending.SucceedWithResult => Settlement.Succeeded("5"u8.ToArray()),
        Ending.Fail => Settlement.Failed(FailureReason.AttemptsUsed, Error),
        Ending.Retry => Settlement.Retry(TimeSpan.FromSeconds(10), Error),
        Ending.RetryAtOnce => Settlement.Retry(TimeSpan.Zero, Error),
        Ending.Release => Settlement.Released,
        _ => Settlement.Cancelled,
    };
}

/// <summary>A run ends for good, and its record has gone with the store.</summary>
internal sealed record Restore(int Run, Ending Ending) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Run(Run) is not { } run || Ending is Ending.Retry or Ending.RetryAtOnce or Ending.Release)
            return;
        var (message, settlement) = (world.Of(run).Message, Settle.Of(Ending));
        world.Agree($"{world.Reference.Restore(message, run, settlement)}", $"{await world.Store.RestoreAsync(message, run, settlement, world.Cancellation)}");
    }
}

internal sealed record Report(int Run, int Percent) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Run(Run) is not { } run)
            return;
        await world.Store.ReportProgressAsync(run, new(Percent, null), world.Cancellation);
        world.Reference.Report(run, new(Percent, null));
    }
}

/// <summary>The answer to a claim was lost, and nobody asked again.</summary>
internal sealed record Disown(int Run) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Run(Run) is { } run)
            world.Agree($"{world.Reference.Disown(run.Job, run.Worker)}", $"{await world.Sweep.DisownAsync(run.Job, run.Worker, world.Cancellation)}");
    }
}

/// <summary>Somebody meets a job whose holder may be gone.</summary>
internal sealed record Reclaim(int Run) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Run(Run) is { } run)
            world.Agree($"{world.Reference.Reclaim(run.Job, run.Worker)}", $"{await world.Sweep.ReclaimAsync(run.Job, run.Name, run.Worker, world.Cancellation)}");
    }
}
