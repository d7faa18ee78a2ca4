using System.Collections.Concurrent;
using System.Threading.Channels;

namespace FunctionApp.Tests.EmbeddedHost.Harness;

/// <summary>How functions under test tell what they saw, and how tests hold them up. A singleton service of the host.</summary>
public sealed class Signals
{
    private readonly Channel<object?> seen = Channel.CreateUnbounded<object?>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> gates = new();

    public void Tell(object? what) => seen.Writer.TryWrite(what);

    public Task<object?> NextAsync() => seen.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit.Signal);

    public async Task<object?[]> NextAsync(int count)
    {
        var all = new object?[count];
        for (var i = 0; i < count; i++)
            all[i] = await NextAsync();

        return all;
    }

    public bool NothingTold => !seen.Reader.TryPeek(out _);

    public void Open(string gate) => Gate(gate).TrySetResult();

    /// <summary>Waits until the test opens the gate.</summary>
    public Task PassAsync(string gate, CancellationToken cancellationToken = default) => Gate(gate).Task.WaitAsync(cancellationToken);

    private TaskCompletionSource Gate(string name) => gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
