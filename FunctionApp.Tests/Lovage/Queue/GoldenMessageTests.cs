using System.Text;
using Lovage.Jobs;
using Lovage.Queue;

namespace FunctionApp.Tests.Lovage.Queue;

/// <summary>
/// Messages as version 1 of the format has them, in files that are never edited: they may wait in a queue when the app is updated, so every later
/// version that claims to read version 1 must read them so. A new version of the format adds files of its own.
/// </summary>
public sealed class GoldenMessageTests
{
    private const string Epoch = "6f1d2c3b4a59687766554433221100ff";

    [Theory]
    [InlineData("v1-every-field.json")]
    [InlineData("v1-base64.txt")]
    public void Read_EveryField_IsReadAsItWasMeant(string file)
    {
        var job = Assert.Single(Read(file));
        Assert.Equal(("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11", "report.build", Epoch), (job.Id.ToString(), job.Name, job.Epoch));
        Assert.Equal("""{"customer":"Contoso \u00DC","year":2026,"parts":[1.5,null,true,{"deep":[]}]}""", Text(job.Arguments));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero), job.NotBefore);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 18, 30, 0, 123, TimeSpan.Zero), job.Expires);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 17, 59, 45, 500, TimeSpan.Zero), job.UnknownSince);
        Assert.Equal((7, true, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), (job.MaxAttempts!.Value, job.IsSecondLook, job.TraceParent));
        Assert.Equal(new Dictionary<string, string> { ["tenant"] = "a", ["Ü"] = "ß" }, job.Headers);
        Assert.Null(job.Extra);
    }

    [Fact]
    public void Read_Smallest_HasTheDefaults()
    {
        var job = Assert.Single(Read("v1-smallest.json"));
        Assert.Equal(("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a12", "math.add", "{}"), (job.Id.ToString(), job.Name, Text(job.Arguments)));
        AssertNothingElse(job);
    }

    [Fact]
    public void Read_ArgumentsStored_HasNoneOfItsOwn()
    {
        var job = Assert.Single(Read("v1-arguments-stored.json"));
        Assert.Equal((null, Epoch), (job.Arguments, job.Epoch));
    }

    [Fact]
    public void Read_Nulls_AreAsIfTheyWereNotThere()
    {
        var job = Assert.Single(Read("v1-nulls.json"));
        // A job takes an object: null is told to its sender as a bad argument, not as a bad message.
        Assert.Equal("null", Text(job.Arguments));
        AssertNothingElse(job);
    }

    [Fact]
    public void Read_UnknownFields_AreKept()
    {
        var jobs = Read("v1-unknown-fields.json");
        Assert.Equal(["0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a15", "0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a16"], jobs.Select(job => job.Id.ToString()));
        Assert.Equal(("math.add", """{"x":2,"y":3}"""), (jobs[0].Name, Text(jobs[0].Arguments)));
        Assert.Equal("""{"later":{"a":[1,null,"\u00FC"]},"priority":3,"Name":"another"}""", Text(jobs[0].Extra));
        Assert.Null(jobs[1].Extra);
    }

    // The other way round: what this version writes, older workers of version 1 read.
    [Fact]
    public void Write_EveryField_IsTheGoldenMessage()
    {
        JobEnvelope whole = new()
        {
            Id = Id("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11"),
            Name = "report.build",
            Arguments = """{"year":2026}"""u8.ToArray(),
            Epoch = "e1",
            NotBefore = new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero),
            Expires = new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero),
            MaxAttempts = 7,
            IsSecondLook = true,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Headers = new Dictionary<string, string> { ["tenant"] = "Ü" },
            UnknownSince = new DateTimeOffset(2026, 11, 22, 17, 59, 45, 500, TimeSpan.Zero),
            Extra = """{"later":{"a":1}}"""u8.ToArray(),
        };
        JobEnvelope stored = new() { Id = Id("0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a12"), Name = "report.build", Arguments = null };
        var message = Assert.Single(MessageWriter.Write([whole, stored], 10));
        Assert.Equal(Golden("v1-written.json"), Encoding.UTF8.GetString(message.Span));
    }

    private static void AssertNothingElse(JobEnvelope job)
    {
        Assert.Equal((null, null, null, null), (job.Epoch, job.NotBefore, job.Expires, job.MaxAttempts));
        Assert.Equal((null, null, null, false), (job.TraceParent, job.UnknownSince, job.Extra, job.IsSecondLook));
        Assert.Empty(job.Headers);
    }

    private static IReadOnlyList<JobEnvelope> Read(string file)
    {
        var content = MessageReader.Read(Golden(file));
        Assert.Empty(content.Unreadable);
        return content.Jobs;
    }

    private static string Golden(string file) => Repository.Read($"FunctionApp.Tests/Lovage/Queue/Golden/{file}").TrimEnd();

    private static string? Text(ReadOnlyMemory<byte>? json) => json is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private static JobId Id(string text) => JobId.TryParse(text, out var id) ? id : throw new FormatException(text);
}
