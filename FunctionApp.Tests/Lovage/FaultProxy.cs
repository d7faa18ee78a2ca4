using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FunctionApp.Tests.Lovage;

/// <summary>Stands before a server and is a bad network: every piece of data is late by chance, and some connections are reset under it.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> pumps = [];
    private readonly CancellationTokenSource stop = new();
    private volatile TaskCompletionSource thawed = Completed();
    private readonly IPEndPoint server;
    private readonly Random random;
    private readonly Task accepting;
    private int resets;

    /// <param name="server">Host and port of the real one.</param>
    /// <param name="seed">The same seed draws the same delays and resets, as far as the traffic is the same.</param>
    public FaultProxy(string server, int seed)
    {
        this.server = IPEndPoint.Parse(server.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
#pragma warning disable RS0030 // Seeded: this is where the test's chance comes from.
        random = new Random(seed);
#pragma warning restore RS0030
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => listener.LocalEndpoint.ToString()!;

    /// <summary>The longest delay of a piece of data.</summary>
    public TimeSpan LongestDelay { get; set; }

    /// <summary>Of so many pieces of data one resets its connection; 0 is none.</summary>
    public int OneResetIn { get; set; }

    public int Resets => resets;

    /// <summary>Nothing passes any more; connections stay open.</summary>
    public void Freeze() => thawed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held passes, and all that comes.</summary>
    public void Thaw() => thawed.SetResult();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptSocketAsync(stop.Token);
            var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await upstream.ConnectAsync(server, stop.Token);
            pumps.Add(PumpAsync(client, upstream));
            pumps.Add(PumpAsync(upstream, client));
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, stop.Token) is > 0 and var read)
            {
                await thawed.Task.WaitAsync(stop.Token);
                var (delay, reset) = Draw();
                await Task.Delay(delay, TimeProvider.System, stop.Token);
                if (reset)
                {
                    Interlocked.Increment(ref resets);
                    break;
                }
                await to.SendAsync(buffer.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
        finally
        {
            // Closed with nothing lingering is a reset, for both sides.
            from.Close(0);
            to.Close(0);
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private (TimeSpan Delay, bool Reset) Draw()
    {
        lock (random)
            return (LongestDelay * random.NextDouble(), OneResetIn > 0 && random.Next(OneResetIn) == 0);
    }
}
