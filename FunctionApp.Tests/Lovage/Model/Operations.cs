using FsCheck;
using FsCheck.Fluent;
using Lovage.Queue;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>Lists of operations, drawn by chance, and the shorter ones to try when one has failed.</summary>
internal static class Operations
{
    public const int Processes = 3;

    // What is the same in two places meets exactly: a delay ends in the very millisecond to which the clock is moved.
    private static readonly TimeSpan[] Spans =
    [
        TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(11),
    ];

    // Mostly among the latest; sometimes one of long ago.
    private static readonly Gen<int> Recent = Gen.Frequency((6, Gen.Choose(0, 2)), (2, Gen.Choose(3, 6)), (1, Gen.Choose(7, 30)));
    private static readonly Gen<int> Process = Gen.Choose(0, Processes - 1);
    private static readonly Gen<TimeSpan> Span = Gen.Elements(Spans);
    private static readonly Gen<int> Wish = Gen.Choose(0, World.Wishes.Length - 1);
    private static readonly Gen<Ending> Ending = Gen.Elements(Enum.GetValues<Ending>());

    private static readonly Gen<Operation> Callers = Gen.Frequency(
        (10, Of(Gen.Choose(1, 2), Maybe(Span, 4), Gen.Zip(Maybe(Span, 4), Maybe(Wish, 5)), (count, delay, rest) => new Enqueue(count, delay, rest.Item1, rest.Item2))),
        (1, Of(Recent, job => new EnqueueAgain(job))),
        (3, Of(Recent, job => new CancelJob(job))),
        (6, Of(Recent, Sometimes(3), (job, repeat) => new ReplayJob(job, repeat))),
        (1, Of(Recent, job => new Bury(job))));

    private static readonly Gen<Operation> Workers = Gen.Frequency(
        (8, Of(Process, process => new Lease(process))),
        (3, Of(Process, process => new Renew(process))),
        (3, Of(Process, process => new Crash(process))),
        (40, Of(Gen.Zip(Recent, Maybe(Recent, 3)), Process, Gen.Choose(0, 9), (jobs, process, how) => new Claim(jobs.Item1, jobs.Item2, process, how < 5, how == 9))),
        (2, Of(Recent, Gen.Elements(JobOrigin.Message, JobOrigin.Rebuilt), (job, origin) => new Rebuild(job, origin))),
        (30, Of(Recent, Ending, (run, ending) => new Settle(run, ending))),
        (2, Of(Recent, Ending, (run, ending) => new Restore(run, ending))),
        (2, Of(Recent, Gen.Choose(0, 100), (run, percent) => new Report(run, percent))),
        (2, Of(Recent, run => new Disown(run))),
        (3, Of(Recent, run => new Reclaim(run))),
        (5, Of(Recent, Gen.Choose(0, 1), Sometimes(8), (run, key, again) => new Intend(run, key, again))),
        (4, Of(Recent, Sometimes(2), (intent, made) => new Conclude(intent, made))));

    private static readonly Gen<Operation> Sweeps = Gen.Frequency(
        (4, Gen.Constant<Operation>(new SweepWorkers())),
        (4, Gen.Constant<Operation>(new Ring())),
        (2, Of(Recent, job => new Take(job))),
        (1, Of(Recent, job => new MarkUnrung(job))),
        (4, Gen.Constant<Operation>(new Trim())));

    private static readonly Gen<Operation> Server = Gen.Frequency(
        (12, Of(Span, span => new Advance(span))),
        (1, Gen.Constant<Operation>(new Flush())),
        (1, Of(Wish, wish => new ExpireWish(wish))),
        (1, Of(Recent, job => new ExpireTombstone(job))));

    private static readonly Gen<Operation> One = Gen.Frequency((6, Callers), (20, Workers), (3, Sweeps), (3, Server));

    /// <summary>As many operations as the size says.</summary>
    public static Arbitrary<Operation[]> Lists { get; } = Arb.From(Gen.Sized(size => Gen.ArrayOf(One, size)), Shorter);

    // Without a half of it, without a quarter…, without one: most of what happened has nothing to do with what went wrong.
    private static IEnumerable<Operation[]> Shorter(Operation[] operations)
    {
        for (var part = operations.Length / 2; part > 0; part /= 2)
        {
            for (var from = 0; from + part <= operations.Length; from += part)
                yield return [.. operations[..from], .. operations[(from + part)..]];
        }
    }

    private static Gen<T?> Maybe<T>(Gen<T> gen, int outOf) where T : struct => Gen.Frequency((outOf - 1, Gen.Constant<T?>(null)), (1, gen.Select(value => (T?)value)));

    private static Gen<bool> Sometimes(int outOf) => Gen.Choose(1, outOf).Select(number => number == 1);

    private static Gen<Operation> Of<T>(Gen<T> gen, Func<T, Operation> make) => gen.Select(make);

    private static Gen<Operation> Of<T1, T2>(Gen<T1> first, Gen<T2> second, Func<T1, T2, Operation> make) => first.SelectMany(one => second.Select(two => make(one, two)));

    private static Gen<Operation> Of<T1, T2, T3>(Gen<T1> first, Gen<T2> second, Gen<T3> third, Func<T1, T2, T3, Operation> make) =>
        first.SelectMany(one => second.SelectMany(two => third.Select(three => make(one, two, three))));
}
