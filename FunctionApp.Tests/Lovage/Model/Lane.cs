using FsCheck;
using FsCheck.Fluent;
using Lovage;
using Lovage.Jobs;
using Microsoft.Extensions.Options;
using Microsoft.FSharp.Core;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>One prefix of a real store, in which lists of operations happen one after the other. Several lanes go side by side.</summary>
internal sealed class Lane : IDisposable
{
    private readonly IOptions<LovageOptions> options;
    private readonly VirtualClockConnection connection;
    private readonly CancellationToken cancellation;

    public Lane(string redis, CancellationToken cancellation)
    {
        // What is bounded has a small bound, or one that the clock is moved by: it is met again and again.
        options = Options.Create(new LovageOptions
        {
            RedisConfiguration = redis,
            KeyPrefix = $"test-{Guid.NewGuid():N}",
            MaxCrashes = 2,
            KeepSucceeded = TimeSpan.FromMinutes(10),
            KeepFailed = TimeSpan.FromMinutes(11),
            MaxFinishedPerName = 2,
        });
        connection = new(options);
        this.cancellation = cancellation;
    }

    /// <summary>How many operations have happened.</summary>
    public int Steps { get; private set; }

    /// <summary>How often jobs went from one state to another.</summary>
    public Dictionary<(JobState From, JobState To), int> Moves { get; } = [];

    public void Dispose() => connection.Dispose();

    /// <summary>The keys that are left when all data was deleted: the store has made one that nobody knows of.</summary>
    public async Task<string[]> StopAsync()
    {
        await connection.StopClockAsync(cancellation);
        return (string[])(await connection.CallAsync(db => db.ExecuteAsync("KEYS", $"{{{options.Value.KeyPrefix}}}:*"), cancellation))!;
    }

    /// <summary>Has lists of so many operations happen. On a thread of its own: the checker waits for each of them.</summary>
    /// <exception cref="Exception">The shortest list that was found to fail, and the seed that leads to it.</exception>
    public Task CheckAsync(int lists, int size, Replay seed) => Task.Factory.StartNew(
        () =>
        {
            var config = Config.QuickThrowOnFailure.WithMaxTest(lists).WithStartSize(size).WithEndSize(size).WithReplay(new FSharpOption<Replay>(seed)).WithQuietOnSuccess(true);
            Check.One(config, Prop.ForAll(Operations.Lists, HappenAsync));
        },
        cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <exception cref="DisagreementException">The store is not what its reference says.</exception>
    public async Task HappenAsync(Operation[] operations)
    {
        var world = new World(connection, options, cancellation);
        await connection.SetClockAsync(world.Reference.Now, cancellation);
        try
        {
            // Or little would happen at first.
            for (var process = 0; process < Operations.Processes; process++)
                await new Lease(process).HappenAsync(world);
            for (var i = 0; i < operations.Length; i++)
                await StepAsync(world, operations, i);
        }
        finally
        {
            await world.FlushAsync();
        }
        foreach (var (move, count) in world.Reference.Moves)
            Moves[move] = Moves.GetValueOrDefault(move) + count;
    }

    private async Task StepAsync(World world, Operation[] operations, int step)
    {
        try
        {
            await operations[step].HappenAsync(world);
            await world.CompareAsync();
            Steps++;
        }
        catch (DisagreementException e)
        {
            throw new DisagreementException($"After\n{string.Join('\n', operations.Take(step + 1).Select((operation, i) => $"{i,4} {operation}"))}\n{e.Message}");
        }
    }
}
