namespace FunctionApp.Tests.Guarantees.Soak.Chaos;

/// <summary>How often the workers wrote that they mended something, of those processes that have ended.</summary>
internal sealed class WorkerLog
{
    private static readonly (string Meaning, string Text)[] Known =
    [
        ("Jobs taken back from a worker that was gone", "was taken back from worker"),
        ("Jobs taken back when their message came again", "is gone; the job is"),
        ("Jobs rung again: their message was lost, or their worker", "was rung again"),
        ("Ends refused: the job was no longer this worker's", "its claim is no longer valid"),
        ("Leases lost by a worker that lived", "ran out: its running jobs are cancelled here"),
        ("Calls to the store tried again", "Trying again."),
        ("Starts given up because Azurite was too busy to answer", "gave no answer within"),
        ("Messages that the host gave up; their jobs were rung again", "The host gave up a message"),
    ];

    private readonly int[] counts = new int[Known.Length];

    public IEnumerable<(string Meaning, int Count)> Counts => Known.Select((known, i) => (known.Meaning, counts[i]));

    public void Add(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            for (var i = 0; i < Known.Length; i++)
            {
                if (line.Contains(Known[i].Text, StringComparison.Ordinal))
                    counts[i]++;
            }
        }
    }
}
