using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.FunctionApp.Telemetry;

/// <summary>An OTLP endpoint on a free port that keeps what is posted to it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentDictionary<string, Channel<string>> posts = new();

    private Collector(WebApplication server) => this.server = server;

    public string Address => server.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.server.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            collector.PostsTo(request.Path).Writer.TryWrite(await reader.ReadToEndAsync());
            return Results.Ok();
        });
        await collector.server.StartAsync();
        return collector;
    }

    /// <summary>Waits for a post to a path that has a text in it.</summary>
    public async Task ReceivesAsync(string path, string text)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        await foreach (var post in PostsTo(path).Reader.ReadAllAsync(limit.Token))
        {
            if (post.Contains(text, StringComparison.Ordinal))
                return;
        }
    }

    private Channel<string> PostsTo(string path) => posts.GetOrAdd(path, _ => Channel.CreateUnbounded<string>());

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
