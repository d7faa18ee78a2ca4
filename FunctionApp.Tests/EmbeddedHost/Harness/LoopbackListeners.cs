using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.EmbeddedHost.Harness;

/// <summary>Listens on loopback whatever address the host asks for: a test's host is nobody else's.</summary>
internal sealed class LoopbackListeners(IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory sockets = new(options, loggers);

    public EndPoint? Asked { get; private set; }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Asked = endpoint;
        return sockets.BindAsync(new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)endpoint).Port), cancellationToken);
    }
}
