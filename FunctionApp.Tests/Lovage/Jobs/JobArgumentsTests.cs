using System.Text;
using System.Text.Json;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Jobs;

public sealed class JobArgumentsTests
{
    private enum Colour
    {
        Red,
        DarkBlue,
    }

    [Fact]
    public void Bind_ByName_IgnoresCaseAndOrder()
    {
        var values = Bind(nameof(Methods.Add), """{"Y":3,"x":2}""");
        Assert.Equal([2, 3], values);
    }

    [Fact]
    public void Bind_OptionalLeftOut_TakesDefault()
    {
        Assert.Equal(["a", 7], Bind(nameof(Methods.Optional), """{"text":"a"}"""));
    }

    [Fact]
    public void Bind_EveryArgumentWrong_ReportsEach()
    {
        var e = Assert.Throws<InvalidArgumentsException>(() => Bind(nameof(Methods.Add), """{"x":"two","z":1}"""));
        Assert.Equal(
            [
                new("x", "must be an integer from -2147483648 to 2147483647, not a string."),
                new("z", "is not an argument of this job; it takes x, y."),
                new("y", "is missing; it must be an integer from -2147483648 to 2147483647."),
            ],
            e.Errors);
    }

    [Theory]
    [InlineData("""{"x":1e400,"y":1}""", "x", "1e400")]
    [InlineData("""{"x":2147483648,"y":1}""", "x", "2147483648")]
    [InlineData("""{"x":1.5,"y":1}""", "x", "1.5")]
    [InlineData("""{"x":1,"x":2,"y":1}""", "x", "is given twice")]
    [InlineData("""{"x":null,"y":1}""", "x", "not null")]
    [InlineData("\"text\"", "", "not a string")]
    public void Bind_BadValue_NamesItAndItsLimit(string json, string argument, string says)
    {
        var e = Assert.Throws<InvalidArgumentsException>(() => Bind(nameof(Methods.Add), json));
        var error = Assert.Single(e.Errors);
        Assert.Equal(argument, error.Argument);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_Null_OnlyWhereTheSignatureAllowsIt()
    {
        Assert.Equal([null, "a"], Bind(nameof(Methods.Nullable), """{"maybe":null,"sure":"a"}"""));
        Assert.Throws<InvalidArgumentsException>(() => Bind(nameof(Methods.Nullable), """{"maybe":"a","sure":null}"""));
    }

    [Fact]
    public void Bind_Enum_ByNameAndListsThem()
    {
        Assert.Equal([Colour.DarkBlue], Bind(nameof(Methods.Paint), """{"colour":"darkBlue"}"""));
        var e = Assert.Throws<InvalidArgumentsException>(() => Bind(nameof(Methods.Paint), """{"colour":"green"}"""));
        Assert.Contains("one of red, darkBlue", Assert.Single(e.Errors).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidArgumentsException>(() => Bind(nameof(Methods.Paint), """{"colour":7}"""));
    }

    [Fact]
    public void Encode_AnyText_IsAsciiAndReadsBackEqual()
    {
        const string text = "ü 漢 \ud83d\ude00 \uffff < \u0001 \"";
        var json = JsonSerializer.SerializeToElement(new { text });
        var encoded = JobArguments.Encode(json);
        Assert.DoesNotContain(encoded.ToArray(), b => b is < 0x20 or > 0x7e);
        Assert.Equal(text, JsonDocument.Parse(encoded).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void Encode_TypedCall_LeavesOutWhatIsSupplied()
    {
        var encoded = JobArguments.Encode(Job(nameof(Methods.Supplied)), [null, 5, CancellationToken.None]);
        Assert.Equal("""{"n":5}""", Encoding.UTF8.GetString(encoded.Span));
    }

    private static object?[] Bind(string method, string json) => JobArguments.Bind(Job(method), JsonDocument.Parse(json).RootElement);

    private static JobDefinition Job(string method) => new("test.job", typeof(Methods).GetMethod(method)!);

    private sealed class Methods
    {
        public static int Add(int x, int y) => x + y;

        public static string Optional(string text, int times = 7) => text + times;

        public static string? Nullable(string? maybe, string sure) => maybe + sure;

        public static Colour Paint(Colour colour) => colour;

        public static void Supplied(JobContext context, int n, CancellationToken cancellation) => _ = (context, n, cancellation);
    }
}
