using System.Net;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>A body of unknown length that is sent as it is made.</summary>
internal sealed class SentContent(Func<Stream, Task> send) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => send(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
