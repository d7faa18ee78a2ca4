using Lovage.Effects;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Effects;

/// <summary>The world outside: what was made in it, and what goes wrong on the way, in order.</summary>
internal sealed class Effected
{
    private int made;

    public int Made => made;

    public Queue<Action> AtStart { get; } = [];

    public Queue<Action> Before { get; } = [];

    public Queue<Action> After { get; } = [];

    public Exception? Thrown { get; set; }

    public string Make() => $"made {Interlocked.Increment(ref made)}";

    public static void Next(Queue<Action> actions)
    {
        if (actions.TryDequeue(out var action))
            action();
    }
}

internal sealed class EffectJobs(IEffects effects, Effected effected)
{
    [Job("effect.make")]
    public async Task<string> MakeAsync()
    {
        Effected.Next(effected.AtStart);
        try
        {
            var value = await effects.OnceAsync("mail", () =>
            {
                Effected.Next(effected.Before);
                return Task.FromResult(effected.Make());
            });
            Effected.Next(effected.After);
            return value;
        }
        catch (ClaimLostException e)
        {
            effected.Thrown = e;
            throw;
        }
    }

    [Job("effect.two")]
    public async Task TwoAsync()
    {
        await effects.OnceAsync("first", () => Task.FromResult(effected.Make()));
        await effects.OnceAsync("second", () => Task.FromResult(effected.Make()));
    }

    [Job("effect.long")]
    public Task<string> LongAsync() => effects.OnceAsync("long", () => Task.FromResult(new string('a', 8_191)));
}
