using System.Text;
using Lovage.Effects;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>A run is about to make an effect. Again: the answer was lost.</summary>
internal sealed record Intend(int Run, int Key, bool Again) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Run(Run) is not { } run)
            return;
        var intent = Again ? world.Intent(0) ?? world.NewIntent(run, $"effect{Key}") : world.NewIntent(run, $"effect{Key}");
        world.Agree(Describe(world.Reference.Intend(intent)), Describe(await world.Store.IntendAsync(intent, world.Cancellation)));
    }

    private static string Describe(EffectAnswer answer) => answer is EffectAnswer.Made(var value) ? $"made {Encoding.UTF8.GetString(value.Span)}" : $"{answer}";
}

/// <summary>An effect was made, or certainly was not.</summary>
internal sealed record Conclude(int Intent, bool Made) : Operation
{
    public override async Task HappenAsync(World world)
    {
        if (world.Intent(Intent) is not { } intent)
            return;
        var expected = world.Reference.Conclude(intent, Made ? "7" : null);
        var actual = Made
            ? await world.Store.ConcludeAsync(intent, "7"u8.ToArray(), world.Cancellation)
            : await world.Store.WithdrawAsync(intent, world.Cancellation);
        world.Agree($"{expected}", $"{actual}");
    }
}
