using System.ComponentModel.DataAnnotations;
using Lovage.Jobs;

namespace FunctionApp.Jobs;

/// <summary>The point of the original: concurrent I/O inside one job.</summary>
public sealed class FetchJobs(PageFetcher pages, TimeProvider time)
{
    private const int MaxItems = 1_000;

    /// <summary>Fetches many pages at once, or makes many waits at once; one that fails is told beside the others' results.</summary>
    /// <param name="urls">http or https addresses on the hosts that the setting <c>DemoFetchHosts</c> allows.</param>
    /// <param name="waits">Seconds to wait, where no server is at hand; 0 to 60 each. With the addresses 1,000 at most.</param>
    /// <param name="limit">How many at once.</param>
    /// <param name="cancellation">The job's token.</param>
    /// <returns>One entry for each, in the order given: addresses first.</returns>
    [Job("demo.fetch", NeverRetryOn = [typeof(ArgumentException)])]
    public async Task<IReadOnlyList<FetchedPage>> FetchAsync(
        [MaxLength(MaxItems)] IReadOnlyList<string>? urls = null, [MaxLength(MaxItems)] IReadOnlyList<double>? waits = null, [Range(1, 100)] int limit = 10,
        CancellationToken cancellation = default)
    {
        List<Func<CancellationToken, Task<FetchedPage>>> children =
        [
            .. (urls ?? []).Select(url => (Func<CancellationToken, Task<FetchedPage>>)(stop => pages.FetchAsync(url, stop))),
            .. (waits ?? []).Select(seconds => (Func<CancellationToken, Task<FetchedPage>>)(stop => WaitAsync(seconds, stop))),
        ];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(children.Count, MaxItems, "urls and waits");

        // Children run on many threads at once. Each writes its own place and nothing else: no lock, and the order is kept.
        var results = new FetchedPage[children.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = limit, CancellationToken = cancellation };
        await Parallel.ForAsync(0, children.Count, parallel, async (i, stop) => results[i] = await children[i](stop));
        return results;
    }

    private async Task<FetchedPage> WaitAsync(double seconds, CancellationToken stop)
    {
        if (!(seconds >= 0 && seconds <= 60))
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A wait takes 0 to 60 seconds.");
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, stop);
        return pages.Describe($"wait {seconds} s");
    }
}
