using EmbeddedHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.EmbeddedHost.Harness;

/// <summary>A started host on a free port.</summary>
internal sealed class TestHost(TestApp app, IHost host) : IAsyncDisposable
{
    public IHost Host { get; } = host;

    public Signals Signals { get; } = app.Signals;

    public RecordingLogs Logs { get; } = app.Logs;

    public EmbeddedHostInfo Info => Host.Services.GetRequiredService<EmbeddedHostInfo>();

    public HttpClient Http { get; } = new() { BaseAddress = host.Services.GetRequiredService<EmbeddedHostInfo>().BaseAddress };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();

        // What a test has left running need not finish.
        await Host.StopAsync(new CancellationToken(canceled: true));
        Host.Dispose();
    }
}
