using System.Collections.Concurrent;
using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;

namespace Benchmarks.Enqueueing;

/// <summary>Connections that enqueue one job after the other, side by side.</summary>
internal sealed class HttpLoad(BenchmarkRun run, AppProcess app, Uri address) : IDisposable
{
    public const int Connections = 32;

    private const int Accepted = 202;

    private readonly byte[] request = HttpConnection.Post(address, "/api/jobs/demo.noop", "{}");
    private readonly List<HttpConnection> connections = [];

    public async Task OpenAsync(CancellationToken cancellation)
    {
        while (connections.Count < Connections)
            connections.Add(await HttpConnection.OpenAsync(address, cancellation));
    }

    /// <returns>The time it took altogether, and how long each request took.</returns>
    public async Task<(Interval Interval, Latencies Latencies)> EnqueueAsync(int jobs, CancellationToken cancellation)
    {
        var left = jobs;
        var taken = new ConcurrentBag<TimeSpan[]>();
        var from = Sample.Take(run.Clock, 0, app.Pid, run.Servers);
        await Task.WhenAll(connections.Select(connection => Task.Run(() => EnqueueAsync(connection), cancellation)));
        var to = Sample.Take(run.Clock, jobs, app.Pid, run.Servers);
        return (new(from, to, run.Clock), new([.. taken.SelectMany(each => each)]));

        async Task EnqueueAsync(HttpConnection connection)
        {
            var own = new List<TimeSpan>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var began = run.Clock.GetTimestamp();
                if (await connection.SendAsync(request, cancellation) is var status and not Accepted)
                    throw new BenchmarkException($"A job was answered {status} instead of {Accepted}.");
                own.Add(run.Clock.GetElapsedTime(began));
            }
            taken.Add([.. own]);
        }
    }

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }
}
