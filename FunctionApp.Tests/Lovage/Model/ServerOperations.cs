namespace FunctionApp.Tests.Lovage.Model;

internal sealed record Advance(TimeSpan By) : Operation
{
    public override Task HappenAsync(World world)
    {
        world.Reference.Advance(By);
        return world.Connection.SetClockAsync(world.Reference.Now, world.Cancellation);
    }
}

/// <summary>The store loses its data.</summary>
internal sealed record Flush : Operation
{
    public override Task HappenAsync(World world) => world.FlushAsync();
}

/// <summary>The time to live of an idempotency key runs out. The server measures it by its own clock, so it is brought about here.</summary>
internal sealed record ExpireWish(int Wish) : Operation
{
    public override async Task HappenAsync(World world)
    {
        var key = world.Connection.Keys.Idempotency(World.Wishes[Wish]);
        await world.Connection.CallAsync(db => db.KeyDeleteAsync(key), world.Cancellation);
        world.Reference.Forget(World.Wishes[Wish]);
    }
}

/// <summary>The time to live of a tombstone runs out.</summary>
internal sealed record ExpireTombstone(int Job) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Job(Job)?.Request.Id is not { } id || !world.Reference.ForgetTombstone(id))
            return;
        var key = world.Connection.Keys.Job(id);
        await world.Connection.CallAsync(db => db.KeyDeleteAsync(key), world.Cancellation);
    }
}
