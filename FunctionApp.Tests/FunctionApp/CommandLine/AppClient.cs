using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>Talks to an app process over HTTP.</summary>
internal sealed class AppClient(Uri address) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient http = new() { BaseAddress = address };

    public Uri Address => address;

    /// <summary>Enqueues a job.</summary>
    /// <returns>Its path, the same at every process of the app.</returns>
    public async Task<string> EnqueueAsync(string job, object arguments)
    {
        using var answer = await http.PostAsJsonAsync($"api/jobs/{job}", arguments);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.PathAndQuery;
    }

    /// <summary>Asks about a job until it has ended.</summary>
    public async Task<JsonElement> EndOfAsync(string path, TimeSpan? longest = null)
    {
        using var limit = new CancellationTokenSource(longest ?? Limits.Signal);
        while (true)
        {
            var job = await http.GetFromJsonAsync<JsonElement>(path, limit.Token);
            if (job.GetProperty("state").GetString() is not ("queued" or "running"))
                return job;
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Asks whether the app is ready.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Report)> HealthAsync(CancellationToken cancellation = default)
    {
        using var answer = await http.GetAsync("api/health/ready", cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation));
    }

    /// <summary>Asks until the app is ready.</summary>
    public async Task BecomesHealthyAsync()
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while ((await HealthAsync(limit.Token)).Status != HttpStatusCode.OK)
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
    }

    public void Dispose() => http.Dispose();
}
