using System.Globalization;
using System.Security.Cryptography;
using FunctionApp.Tests.Guarantees.Workers;

namespace FunctionApp.Tests.Guarantees;

/// <summary>How one life of a worker process ends.</summary>
/// <param name="Point">Where it dies by itself; null: it is killed from outside, wherever it is then.</param>
/// <param name="Count">At which pass of that point; or after how many more jobs of the whole run have ended.</param>
internal sealed record Life(DeathPoint? Point, int Count)
{
    public override string ToString() => Point is null ? $"killed after {Count} ends" : $"{Point}:{Count}";
}

/// <summary>Which worker dies where, in what order. All of it comes from the seed.</summary>
internal sealed class KillPlan
{
    /// <summary>Set it to the seed that a failed run has printed, to have the same plan again.</summary>
    public const string SeedVariable = "GUARANTEES_SEED";

    private KillPlan(int seed, Random random, IReadOnlyList<Life>[] workers) => (Seed, Random, Workers) = (seed, random, workers);

    public int Seed { get; }

    /// <summary>For the rest that is left to chance: the jobs.</summary>
    public Random Random { get; }

    /// <summary>For each worker its lives, the last of which is followed by one that nobody ends.</summary>
    public IReadOnlyList<IReadOnlyList<Life>> Workers { get; }

    // Not those of an outbox, which these workers do not use.
    private static readonly DeathPoint?[] Points =
        [DeathPoint.Received, DeathPoint.Claimed, DeathPoint.Running, DeathPoint.MidPack, DeathPoint.Settled, DeathPoint.PoisonCopied];

    /// <summary>Every named point a number of times, and as many kills from outside for each worker, dealt out by chance.</summary>
    public static KillPlan Draw(int workers, int rounds)
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } set
            ? int.Parse(set, CultureInfo.InvariantCulture)
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        var random = new Random(seed);
        var deaths = Enumerable.Range(0, rounds)
            .SelectMany(_ => Points.Concat(Enumerable.Repeat((DeathPoint?)null, workers)))
            .ToArray();
        random.Shuffle(deaths);
        var lives = deaths.Select(point => new Life(point, Count(point, random))).Chunk((deaths.Length + workers - 1) / workers);
        return new(seed, random, [.. lives]);
    }

    public override string ToString() =>
        $"{SeedVariable}={Seed}: {string.Join(" | ", Workers.Select(lives => string.Join(", ", lives.Select(life => life.ToString()))))}";

    // A worker refuses one message only, to have it given up.
    private static int Count(DeathPoint? point, Random random) => point switch
    {
        null => random.Next(30),
        DeathPoint.PoisonCopied => 1,
        _ => random.Next(1, 6),
    };
}
