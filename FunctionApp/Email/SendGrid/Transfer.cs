using System.Net;

namespace FunctionApp.Email.SendGrid;

/// <summary>
/// Notes whether the body of a request has begun to go out. Until then, whatever goes wrong (no such host, nobody listens, no certificate), the mail was certainly not accepted.
/// </summary>
internal sealed class Transfer(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool hasBegun;

    public bool HasBegun => hasBegun;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content = new NotingContent(request.Content!, this);
        return base.SendAsync(request, cancellationToken);
    }

    private sealed class NotingContent : HttpContent
    {
        private readonly HttpContent content;
        private readonly Transfer transfer;

        public NotingContent(HttpContent content, Transfer transfer)
        {
            (this.content, this.transfer) = (content, transfer);
            foreach (var (name, values) in content.Headers.NonValidated)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            transfer.hasBegun = true;
            return content.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Headers.ContentLength ?? -1;
            return length >= 0;
        }
    }
}
