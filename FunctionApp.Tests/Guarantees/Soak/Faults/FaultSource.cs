using System.Globalization;

namespace FunctionApp.Tests.Guarantees.Soak.Faults;

/// <summary>
/// Decides about each call of one process, by chance, and writes down what it has decided: a byte for a call, in a file that outlives the process,
/// which may be killed at any moment.
/// </summary>
internal sealed class FaultSource : IDisposable
{
    /// <summary>Of a hundred calls so many fail.</summary>
    public const int Percent = 5;

    private readonly Lock gate = new();
    private readonly FileStream log;
    private readonly Random random;

    /// <param name="seed">The same seed decides alike about the same calls.</param>
    /// <param name="file">Must not exist.</param>
    public FaultSource(int seed, string file)
    {
        random = new Random(seed);
        log = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <param name="told">What <see cref="Tell"/> has written.</param>
    public static FaultSource Parse(string told)
    {
        var parts = told.Split(' ', 2);
        return new(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
    }

    /// <summary>What to tell a process that is to have faults.</summary>
    public static string Tell(int seed, string file) => $"{seed} {file}";

    public Fault Draw(FaultSite site)
    {
        lock (gate)
        {
            var fault = random.Next(100) >= Percent ? Fault.None : random.Next(2) == 0 ? Fault.NotMade : Fault.AnswerLost;
            log.WriteByte(FaultCounts.Code(site, fault));
            return fault;
        }
    }

    public void Dispose() => log.Dispose();
}
