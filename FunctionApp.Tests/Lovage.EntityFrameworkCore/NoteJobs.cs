using System.Collections.Concurrent;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

/// <summary>Counts its runs by text.</summary>
internal sealed class NoteJobs(NoteRuns runs)
{
    [Job("note.tell")]
    public void Tell(string text) => runs.Count.AddOrUpdate(text, 1, (_, before) => before + 1);
}

internal sealed class NoteRuns
{
    public ConcurrentDictionary<string, int> Count { get; } = [];
}
