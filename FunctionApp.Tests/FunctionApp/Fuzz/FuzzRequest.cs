using System.Globalization;
using System.Net;
using System.Text;

namespace FunctionApp.Tests.FunctionApp.Fuzz;

/// <summary>One request as bytes: what no client would send can be said too.</summary>
internal sealed record FuzzRequest
{
    private static readonly HttpStatusCode[] Refusals =
    [
        HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.RequestTimeout, HttpStatusCode.Conflict,
        HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestUriTooLong, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.RequestHeaderFieldsTooLarge,
    ];

    /// <summary>What is wrong with it, for people.</summary>
    public required string Why { get; init; }

    public string Method { get; init; } = "GET";

    /// <summary>As it stands in the request line.</summary>
    public required string Target { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    /// <summary>Sent in chunks, so that its size is not known before.</summary>
    public bool IsChunked { get; init; }

    /// <summary>So much of the body is sent, and then nothing more. Null sends all.</summary>
    public int? BreaksOffAfter { get; init; }

    /// <summary>True if it only asks, and may be answered.</summary>
    public bool MayBeAnswered { get; init; }

    public bool Allows(HttpStatusCode status) => Refusals.Contains(status) || MayBeAnswered && status is HttpStatusCode.OK or HttpStatusCode.NoContent;

    public byte[] Head(string host)
    {
        var text = new StringBuilder($"{Method} {Target} HTTP/1.1\r\n");
        if (!Headers.Any(header => header.Name == "Host"))
            text.Append($"Host: {host}\r\n");
        foreach (var (name, value) in Headers)
            text.Append($"{name}: {value}\r\n");
        if (Body is not null)
            text.Append(IsChunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {Body.Length}\r\n");
        text.Append("Connection: close\r\n\r\n");
        // Every character is one byte: also those that no header may have.
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    public byte[] Payload()
    {
        if (Body is null)
            return [];
        if (!IsChunked)
            return Body[..(BreaksOffAfter ?? Body.Length)];
        var chunks = Body.Chunk(1_000).SelectMany(chunk => Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n").Concat(chunk).Concat("\r\n"u8.ToArray())).ToArray();
        return BreaksOffAfter is { } end ? chunks[..end] : [.. chunks, .. "0\r\n\r\n"u8];
    }

    public override string ToString()
    {
        var body = Body is null ? "" : $", {Body.Length} bytes beginning {Encoding.Latin1.GetString(Body, 0, Math.Min(Body.Length, 80))}";
        return $"{Why}: {Method} {(Target.Length > 200 ? Target[..200] + "…" : Target)} [{string.Join("; ", Headers.Select(header => $"{header.Name}: {header.Value}"))}]{body}";
    }
}
