using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>
/// Pages for the job <c>demo.fetch</c>. Each tells when it is asked for and is held back until <see cref="Release"/>: so a test knows that a job of
/// another process runs, and says when it ends.
/// </summary>
internal sealed class HeldPages : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly Channel<string> asked = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HeldPages()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(AnswerAsync);
    }

    public static async Task<HeldPages> StartAsync()
    {
        var pages = new HeldPages();
        await pages.server.StartAsync();
        return pages;
    }

    /// <summary>The arguments of a job that fetches a page.</summary>
    public object Fetch(string page) => new { urls = new[] { $"{server.Urls.First()}/{page}" } };

    /// <summary>Waits until one more page is asked for.</summary>
    public async Task NextAsync()
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        await asked.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Answers those who wait, and from now on everybody at once.</summary>
    public void Release() => released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        asked.Writer.TryWrite(http.Request.Path);
        await released.Task.WaitAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
