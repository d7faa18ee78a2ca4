using System.Net.Http.Headers;
using System.Text;
using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Enqueueing;

/// <summary>What the HTTP door takes from a caller with many jobs, in a process that runs none.</summary>
internal sealed class NdjsonBulkBenchmark : IBenchmark
{
    public string Name => "ndjson-bulk";

    public string Description => "POST /api/jobs with 10,000 lines of NDJSON a request, one request after the other";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var requests = run.Size.IsSmall ? 1 : Math.Max(1, run.Size.Of(usual: 10 * AppCaller.ChunkSize, small: 0) / AppCaller.ChunkSize);
        var lines = run.Size.IsSmall ? 100 : AppCaller.ChunkSize;
        var runs = await run.RepeatAsync(() => OnceAsync(run, requests, lines, cancellation));
        return [Figure.Of("jobs", "/s", runs, one => one.PerSecond) with { Target = Target.AtLeast(25_000) }, .. Interval.Cpu(runs)];
    }

    private static async Task<Interval> OnceAsync(BenchmarkRun run, int requests, int lines, CancellationToken cancellation)
    {
        const int WarmUp = 2;
        var settings = AppSettings.New(run.Servers) with { HasWorker = false };
        await Rehearsal.PlayNoopsAsync(run, settings, cancellation);
        var (app, address) = await AppProcess.StartAndListenAsync(settings, cancellation);
        await using var running = app;
        using var http = new HttpClient { BaseAddress = address };
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"job":"demo.noop"}""" + "\n", lines)));
        for (var i = 0; i < WarmUp; i++)
            await PostAsync(http, body, cancellation);

        var from = Sample.Take(run.Clock, 0, app.Pid, run.Servers);
        for (var i = 0; i < requests; i++)
            await PostAsync(http, body, cancellation);
        var to = Sample.Take(run.Clock, requests * lines, app.Pid, run.Servers);

        await new JobProgress(settings, (WarmUp + requests) * lines, run.Clock).AssertAllQueuedAsync();
        return new(from, to, run.Clock);
    }

    private static async Task PostAsync(HttpClient http, byte[] body, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        using var answer = await http.PostAsync(new Uri("api/jobs", UriKind.Relative), content, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchmarkException($"Many jobs were answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
