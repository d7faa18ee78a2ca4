using System.Net;
using System.Text;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>What is held of a request while it is read. Alone: other tests' memory would be measured with it.</summary>
[Collection(nameof(Alone))]
public sealed class BulkMemoryTests(RealServers servers)
{
    private const int Jobs = 2_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task Post_TwentyMegabytes_DoNotStayInMemory()
    {
        await using var app = await App.StartAsync(servers);
        var job = Encoding.UTF8.GetBytes($$$"""{"job":"demo.fail","args":["{{{new string('a', 10_400)}}}"],"options":{"delay":"1h"}}""" + "\n");
        // The buffers of clients and servers stay: they are made first.
        await PostAsync(Jobs / 2, []);
        var live = new List<long>();
        await PostAsync(Jobs, live);
        // A megabyte of jobs waits for its call to the store. The calls' copies of it come and go: now and then a measurement meets several of them.
        var seen = $"Live after each 2 MB: {string.Join(' ', live.Select(bytes => bytes / 1024))} KiB";
        Assert.True(live.Order().ElementAt(live.Count / 2) - live[0] < 4_000_000, seen);
        Assert.True(live.Max() - live[0] < 16_000_000, seen);

        async Task PostAsync(int count, List<long> measured)
        {
            var (status, answer) = await app.PostJobsAsync(new SentContent(stream => SendAsync(stream, count, measured)), BulkCaller.Ndjson);
            Assert.Equal((HttpStatusCode.Accepted, (count, 0)), (status, answer.Counts()));
        }

        async Task SendAsync(Stream stream, int count, List<long> measured)
        {
            for (var i = 0; i <= count; i++)
            {
                if (i % 200 == 0)
                    measured.Add(GC.GetTotalMemory(forceFullCollection: true));
                if (i < count)
                    await stream.WriteAsync(job, Cancel);
            }
        }
    }
}
