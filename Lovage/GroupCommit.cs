namespace Lovage;

/// <summary>
/// Sends together what many callers hand in at about the same time: what comes while a call is under way goes with the next one. The first goes at
/// once, so that nobody waits for a timer, and a caller who is alone waits no longer than without it.
/// </summary>
/// <typeparam name="TItem">What a caller hands in.</typeparam>
/// <typeparam name="TAnswer">What becomes of it.</typeparam>
internal sealed class GroupCommit<TItem, TAnswer>
{
    /// <summary>Sends items; one answer for each, in order.</summary>
    public required Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> Send { get; init; }

    /// <summary>How many go together at most.</summary>
    public required int MostItems { get; init; }

    /// <summary>How heavy an item is.</summary>
    public Func<TItem, long> Weigh { get; init; } = _ => 0;

    /// <summary>How heavy those that go together are at most, unless a single one is heavier.</summary>
    public long Heaviest { get; init; } = long.MaxValue;

    /// <summary>True for a failure that may be one item's own: then each is sent by itself, so that none fails for a neighbour. It must be harmless to send them again.</summary>
    public Predicate<Exception> MayBeOfOne { get; init; } = _ => false;

    /// <summary>True if what callers do next is ours, short, and never blocks: then it is done at once, without a way through the thread pool for each of them.</summary>
    public bool ContinuesAtOnce { get; init; }

    private readonly Lock gate = new();
    private readonly Queue<Entry> waiting = new();
    private bool isSending;

    /// <summary>Hands in an item, and gives its answer or the failure of the call that it went with.</summary>
    public Task<TAnswer> AddAsync(TItem item)
    {
        var entry = new Entry(item, ContinuesAtOnce ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue(entry);
            if (isSending)
                return entry.Task;
            isSending = true;
        }
        // Without the caller's context: the trace and the log scope of the first would be those of all.
        ThreadPool.UnsafeQueueUserWorkItem(static group => _ = group.SendAllAsync(), this, preferLocal: false);
        return entry.Task;
    }

    // Its failures are those of the entries: it never throws.
    private async Task SendAllAsync()
    {
        while (Next() is { Count: > 0 } entries)
        {
            try
            {
                await SendAsync(entries).ConfigureAwait(false);
            }
            catch (Exception e) when (entries.Count > 1 && MayBeOfOne(e))
            {
                foreach (var entry in entries)
                    await SendAloneAsync(entry).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                foreach (var entry in entries)
                    entry.SetException(e);
            }
        }
    }

    private async Task SendAsync(List<Entry> entries)
    {
        var answers = await Send([.. entries.Select(entry => entry.Item)]).ConfigureAwait(false);
        foreach (var (entry, answer) in entries.Zip(answers))
            entry.SetResult(answer);
    }

    private async Task SendAloneAsync(Entry entry)
    {
        try
        {
            await SendAsync([entry]).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            entry.SetException(e);
        }
    }

    // None: then the next one begins anew.
    private List<Entry> Next()
    {
        var next = new List<Entry>();
        lock (gate)
        {
            var weight = 0L;
            while (next.Count < MostItems && waiting.TryPeek(out var entry))
            {
                weight += Weigh(entry.Item);
                if (next.Count > 0 && weight > Heaviest)
                    break;
                next.Add(waiting.Dequeue());
            }
            isSending = next.Count > 0;
        }
        return next;
    }

    private sealed class Entry(TItem item, TaskCreationOptions options) : TaskCompletionSource<TAnswer>(options)
    {
        public TItem Item { get; } = item;
    }
}
