using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Hosting.Admin.Calling;

/// <summary>What a job goes through while somebody waits: on a terminal one line that is rewritten, else a line each. A program that reads JSON is spared it.</summary>
internal sealed class WaitProgress(Verb verb, JobId id) : IDisposable
{
    private const string EraseLine = "\r\e[K";

    // A line that wraps cannot be rewritten, and no terminal is narrower.
    private const int Width = 79;

    private readonly TextWriter output = verb.Console.Error;
    private readonly bool isTerminal = verb.Console.ErrorIsTerminal;
    private long seen;

    public void Show(JobRecord job)
    {
        foreach (var change in job.Changes.Where(change => change.Number > seen))
        {
            seen = change.Number;
            // The end is told with what came of it.
            if (job.FinishedAt is null || change != job.Changes[^1])
                Write($"{id}  {(change.State is { } state ? StateText.Of(state) : JobProgressText.Of(change.Progress!))}");
        }
    }

    public void Dispose()
    {
        if (isTerminal)
            output.Write(EraseLine);
    }

    private void Write(string line)
    {
        if (isTerminal)
            output.Write(EraseLine + PlainText.Short(line, Width));
        else if (!verb.IsJson)
            output.WriteLine(line);
        output.Flush();
    }
}
