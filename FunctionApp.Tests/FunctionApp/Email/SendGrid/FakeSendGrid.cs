using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Email.SendGrid;

internal sealed record SentRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>An HTTP server on loopback that answers as SendGrid does. A request is noted once its body was read, before it is answered.</summary>
internal sealed class FakeSendGrid : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly Channel<SentRequest> requests = Channel.CreateUnbounded<SentRequest>();
    private int count;

    private FakeSendGrid(WebApplication server) => this.server = server;

    /// <summary>Default: 202, as for a mail that was accepted.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http => Task.FromResult(http.Response.StatusCode = StatusCodes.Status202Accepted);

    public string Address => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public int Requests => count;

    public static async Task<FakeSendGrid> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var fake = new FakeSendGrid(builder.Build());
        fake.server.Run(fake.InvokeAsync);
        await fake.server.StartAsync();
        return fake;
    }

    public Task<SentRequest> NextAsync() => requests.Reader.ReadAsync().AsTask().WaitAsync(Limits.Signal);

    /// <summary>Answers with this status, body and headers.</summary>
    public void AnswerWith(int status, string body = "", params (string Name, string Value)[] headers) => Answer = http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        return http.Response.WriteAsync(body);
    };

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task InvokeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Interlocked.Increment(ref count);
        requests.Writer.TryWrite(new(http.Request.Method, http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), body));
        await Answer(http);
    }
}
