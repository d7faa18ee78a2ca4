using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Bulk;

/// <summary>Reads a body item by item: of the body never more than one is held, and of that no more than the limit.</summary>
/// <param name="body">The body.</param>
/// <param name="scanner">Where its items begin and end.</param>
/// <param name="maxItemBytes">How large one may be.</param>
/// <param name="maxBytes">How large the body may be.</param>
internal sealed class ItemReader(PipeReader body, IItemScanner scanner, int maxItemBytes, int maxBytes)
{
    private readonly ArrayBufferWriter<byte> item = new();
    private long read;
    private bool hasBegun;
    private bool isTooLarge;

    /// <summary>Reads the next item; null if there is none.</summary>
    /// <exception cref="BadBodyException">The body cannot be read on.</exception>
    /// <exception cref="BadHttpRequestException">It came too slowly, was cut off, or is badly framed.</exception>
    public async ValueTask<ItemText?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await ReadNextAsync(cancellation);
        }
        // Who was cut off is not there to be told, and nothing is wrong here.
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new OperationCanceledException("The caller went away.", e, cancellation);
        }
    }

    private async ValueTask<ItemText?> ReadNextAsync(CancellationToken cancellation)
    {
        item.ResetWrittenCount();
        isTooLarge = false;
        if (!hasBegun)
            await SkipMarkAsync(cancellation);
        while (true)
        {
            var result = await body.ReadAsync(cancellation);
            if (result.Buffer.IsEmpty && result.IsCompleted)
            {
                // It is read again after the last item.
                body.AdvanceTo(result.Buffer.End);
                return scanner.End() ? Text() : null;
            }
            if (Scan(result.Buffer))
                return Text();
        }
    }

    // True if an item ends here.
    private bool Scan(ReadOnlySequence<byte> buffer)
    {
        var used = 0;
        try
        {
            var bytes = First(buffer);
            var scanned = scanner.Scan(bytes);
            Take(bytes.Slice(scanned.Skip, scanned.Take));
            used = scanned.Used;
            Count(used);
            return scanned.IsEnd;
        }
        finally
        {
            // Else the server cannot read on by itself, and closes the connection before the caller has its answer.
            body.AdvanceTo(buffer.GetPosition(used));
        }
    }

    // The pieces that a body comes in may be empty.
    private static ReadOnlySpan<byte> First(ReadOnlySequence<byte> buffer)
    {
        foreach (var piece in buffer)
        {
            if (!piece.IsEmpty)
                return piece.Span;
        }
        return default;
    }

    // Some programs begin every UTF-8 text with one.
    private async ValueTask SkipMarkAsync(CancellationToken cancellation)
    {
        hasBegun = true;
        var buffer = (await body.ReadAtLeastAsync(3, cancellation)).Buffer;
        var mark = new byte[3];
        if (buffer.Length >= mark.Length)
            buffer.Slice(0, mark.Length).CopyTo(mark);
        body.AdvanceTo(buffer.GetPosition(mark is [0xEF, 0xBB, 0xBF] ? mark.Length : 0));
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        isTooLarge |= item.WrittenCount + bytes.Length > maxItemBytes;
        if (isTooLarge)
            item.ResetWrittenCount();
        else
            item.Write(bytes);
    }

    private void Count(int bytes)
    {
        read += bytes;
        if (read > maxBytes)
            throw BulkBody.TooLarge(maxBytes);
    }

    private ItemText Text() => new(item.WrittenMemory, isTooLarge);
}
