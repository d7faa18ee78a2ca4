using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using FunctionApp.Http;
using FunctionApp.Http.Bulk;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

public sealed class ItemReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string[]> Arrays => new()
    {
        { "[]", [] },
        { " [ ] \n", [] },
        { "[1]", ["1"] },
        { """[{"a":[1,2],"b":"],[{"},{"c":"\"]\\"} , [[]],"x"]""", ["""{"a":[1,2],"b":"],[{"}""", """{"c":"\"]\\"} """, "[[]]", "\"x\""] },
        { """["\\","\\\"",""]""", ["\"\\\\\"", "\"\\\\\\\"\"", "\"\""] },
        { "[{]}]", ["{]}"] },
        { "[\n\t1 ,\r\n 2\n]\n", ["1 ", "2\n"] },
    };

    public static TheoryData<string, string[]> Lines => new()
    {
        { "", [] },
        { "\n\r\n  \n", [] },
        { "1", ["1"] },
        { "1\n2", ["1", "2"] },
        { "1\r\n\r\n2\r\n", ["1\r", "2\r"] },
        { " {\"a\":\"\\n\"} \n\n\n2\n", ["{\"a\":\"\\n\"} ", "2"] },
    };

    [Theory]
    [MemberData(nameof(Arrays))]
    public async Task Read_Array_IsItsElements_InWhateverPiecesItComes(string body, string[] items)
    {
        foreach (var size in Enumerable.Range(1, body.Length))
            Assert.Equal(items, await ReadAsync(body, size, new ArrayScanner()));
        Assert.Equal(items, await ReadAsync('\uFEFF' + body, 2, new ArrayScanner()));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Read_Lines_IsThoseThatAreNotBlank_InWhateverPiecesTheyCome(string body, string[] items)
    {
        foreach (var size in Enumerable.Range(1, body.Length + 1))
            Assert.Equal(items, await ReadAsync(body, size, new LineScanner()));
        Assert.Equal(items, await ReadAsync('\uFEFF' + body, 2, new LineScanner()));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("{}", "not an array")]
    [InlineData("[", "ends before its array")]
    [InlineData("[1", "ends before its array")]
    [InlineData("[1,", "ends before its array")]
    [InlineData("[\"]", "ends before its array")]
    [InlineData("[1,]", "comma without a job")]
    [InlineData("[,1]", "comma without a job")]
    [InlineData("[1]]", "goes on after its array")]
    [InlineData("[1] [2]", "goes on after its array")]
    public async Task Read_NoArray_IsRefused(string body, string says)
    {
        foreach (var size in Enumerable.Range(1, body.Length + 1))
            Assert.Contains(says, (await Assert.ThrowsAsync<BadBodyException>(() => ReadAsync(body, size, new ArrayScanner()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ItemOverTheLimit_IsNotHeld_AndTheNextIsRead()
    {
        var reader = NewReader($"[\"{new string('a', 50_000)}\",\"{new string('b', 98)}\"]", 1_000, new ArrayScanner(), maxItemBytes: 100);
        var large = await reader.ReadAsync(Cancel);
        Assert.Equal((0, true), (large!.Value.Bytes.Length, large.Value.IsTooLarge));
        var next = await reader.ReadAsync(Cancel);
        Assert.Equal((100, false), (next!.Value.Bytes.Length, next.Value.IsTooLarge));
        Assert.Null(await reader.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Read_BodyOverTheLimit_IsReadUpToIt()
    {
        var reader = NewReader("1\n2\n3\n4\n", 2, new LineScanner(), maxBytes: 6);
        for (var i = 0; i < 3; i++)
            Assert.NotNull(await reader.ReadAsync(Cancel));
        Assert.Contains("larger than 6 bytes (Api:MaxRequestBytes)", (await Assert.ThrowsAsync<BadBodyException>(() => reader.ReadAsync(Cancel).AsTask())).Message, StringComparison.Ordinal);
    }

    private static async Task<List<string>> ReadAsync(string body, int size, IItemScanner scanner)
    {
        var reader = NewReader(body, size, scanner);
        var items = new List<string>();
        while (await reader.ReadAsync(Cancel) is { } item)
            items.Add(Encoding.UTF8.GetString(item.Bytes.Span));
        return items;
    }

    private static ItemReader NewReader(string body, int size, IItemScanner scanner, int maxItemBytes = 1_000, int maxBytes = 1_000_000)
    {
        var pieces = Encoding.UTF8.GetBytes(body).Chunk(size).Select(piece => new ReadOnlyMemory<byte>(piece)).ToArray();
        return new(PipeReader.Create(pieces.Length == 0 ? ReadOnlySequence<byte>.Empty : Piece.Sequence(pieces)), scanner, maxItemBytes, maxBytes);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte>[] pieces)
        {
            // Servers hand empty pieces over, too.
            Piece? first = null, last = null;
            foreach (var memory in pieces.Prepend(default).SelectMany(piece => new[] { piece, default }))
            {
                var next = new Piece { Memory = memory, RunningIndex = last is null ? 0 : last.RunningIndex + last.Memory.Length };
                if (last is not null)
                    last.Next = next;
                (first, last) = (first ?? next, next);
            }
            return new(first!, 0, last!, last!.Memory.Length);
        }
    }
}
