using System.Net;
using System.Text;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>What is held of a request while it is read. Alone: other tests' memory would be measured with it.</summary>
[Collection(nameof(Alone))]
public sealed class BulkMemoryTests(RealServers servers)
{
    private const int Jobs = 2_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [CollectionDefinition(DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task Post_TwentyMegabytes_DoNotStayInMemory()
    {
        await using var app = await App.StartAsync(servers);
        var job = Encoding.UTF8.GetBytes($$$"""{"job":"demo.fail","args":["{{{new string('a', 10_400)}}}"],"options":{"delay":"1h"}}""" + "\n");
        var live = new List<long>();
        var (status, answer) = await app.PostJobsAsync(new SentContent(SendAsync), BulkCaller.Ndjson);
        Assert.Equal((HttpStatusCode.Accepted, (Jobs, 0)), (status, answer.Counts()));
        TestContext.Current.SendDiagnosticMessage($"live after each 2 MB: {string.Join(' ', live.Select(bytes => bytes / 1024))} KiB");
        // A piece of the body on its way, a few hundred jobs that wait for their call to the store, and what that made: not what was sent.
        Assert.InRange(live.Max() - live[0], long.MinValue, 8_000_000);

        async Task SendAsync(Stream stream)
        {
            for (var i = 0; i < Jobs; i++)
            {
                if (i % 200 == 0)
                    live.Add(GC.GetTotalMemory(forceFullCollection: true));
                await stream.WriteAsync(job, Cancel);
            }
            await stream.FlushAsync(Cancel);
            live.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
