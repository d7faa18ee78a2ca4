using System.Text;
using Lovage.Jobs;
using Lovage.Queue;

namespace FunctionApp.Tests.Lovage.Queue;

public sealed class MessageTests
{
    [Fact]
    public void WriteThenRead_FullEnvelope_IsEqual()
    {
        var envelope = Envelope("""{"x":2}""") with
        {
            Epoch = "e1",
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Headers = new Dictionary<string, string> { ["tenant"] = "Ü \u0001" },
            NotBefore = new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero),
            Expires = new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero),
            MaxAttempts = 7,
            IsSecondLook = true,
            UnknownSince = new DateTimeOffset(2026, 11, 22, 19, 0, 0, TimeSpan.Zero),
            Extra = """{"later":{"x":[1]}}"""u8.ToArray(),
        };
        var read = Assert.Single(Jobs(Assert.Single(Write([envelope]))));
        Assert.Equal(envelope with { Arguments = null, Extra = null, Headers = read.Headers, Claim = read.Claim }, read with { Arguments = null, Extra = null });
        Assert.Equal("""{"later":{"x":[1]}}""", Encoding.UTF8.GetString(read.Extra!.Value.Span));
        Assert.Equal(envelope.Headers, read.Headers);
        Assert.Equal("""{"x":2}""", Encoding.UTF8.GetString(read.Arguments!.Value.Span));
    }

    [Fact]
    public void Write_MoreJobsThanAllowed_SplitsInOrder()
    {
        var envelopes = Enumerable.Range(0, 25).Select(i => Envelope($$"""{"i":{{i}}}""")).ToArray();
        var messages = Write(envelopes, maxJobs: 10).Select(Jobs).ToArray();
        Assert.Equal([10, 10, 5], messages.Select(m => m.Count));
        Assert.Equal(envelopes.Select(e => e.Id), messages.SelectMany(m => m).Select(e => e.Id));
    }

    [Fact]
    public void Write_ManyLargeJobs_FillsMessagesToTheLimitAndNotOver()
    {
        var envelopes = Enumerable.Range(0, 40).Select(_ => Envelope($"\"{new string('a', 10_000)}\"")).ToArray();
        var messages = Write(envelopes, maxJobs: 1_000);
        Assert.All(messages, m => Assert.InRange(m.Length, 1, MessageWriter.MaxMessageBytes));
        Assert.Equal([6, 6, 6, 6, 6, 6, 4], messages.Select(m => Jobs(m).Count));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Write_ArgumentsAtTheLimit_TravelOrStayInTheStore(int over, bool travels)
    {
        var empty = Write([Envelope("\"\"")])[0].Length;
        var envelope = Envelope($"\"{new string('a', MessageWriter.MaxMessageBytes - empty + over)}\"");
        var message = Assert.Single(Write([envelope]));
        Assert.InRange(message.Length, 1, MessageWriter.MaxMessageBytes);
        Assert.Equal(travels, Assert.Single(Jobs(message)).Arguments is not null);
    }

    [Fact]
    public void Read_Base64_IsTheSameMessage()
    {
        var message = Assert.Single(Write([Envelope("{}")]));
        var read = Jobs(Convert.ToBase64String(Encoding.UTF8.GetBytes(message)));
        Assert.Equal(Jobs(message)[0].Id, read[0].Id);
    }

    [Fact]
    public void Read_WithoutArguments_TakesNone()
    {
        var read = Jobs("""{"v":1,"jobs":[{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11","name":"a","later":{"x":1}}]}""");
        Assert.Equal("{}", Encoding.UTF8.GetString(read[0].Arguments!.Value.Span));
    }

    [Fact]
    public void Read_UnknownFieldsBeyondTheLimit_KeepsThoseThatFit()
    {
        var big = new string('a', UnknownFields.MaxBytes);
        var read = Jobs($$"""{"v":1,"jobs":[{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11","name":"a","b":1,"c":"{{big}}","d":2}]}""");
        Assert.Equal("""{"b":1,"d":2}""", Encoding.UTF8.GetString(read[0].Extra!.Value.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"z\":1,")]
    public void Read_UnknownFieldsAtTheLimit_AreKeptAndNotBeyondIt(string before)
    {
        foreach (var over in new[] { 0, 1 })
        {
            var value = new string('a', UnknownFields.MaxBytes + over - $$"""{{{before}}"b":""}""".Length);
            var read = Jobs($$"""{"v":1,"jobs":[{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11","name":"a",{{before}}"b":"{{value}}"}]}""");
            Assert.Equal(over == 0, read[0].Extra?.Length == UnknownFields.MaxBytes);
        }
    }

    [Fact]
    public void Read_UnknownFieldNestedAsDeepAsArgumentsMayBe_IsKept()
    {
        var deep = new string('[', 64) + new string(']', 64);
        var read = Jobs($$"""{"v":1,"jobs":[{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11","name":"a","later":{{deep}}}]}""");
        Assert.Contains(deep, Assert.Single(Write([read[0]])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("[1]", "version 'v'")]
    [InlineData("""{"v":2,"jobs":[]}""", "version 2; this app reads version 1")]
    [InlineData("""{"v":"1","jobs":[]}""", "version a string")]
    [InlineData("""{"v":1}""", "array 'jobs'")]
    [InlineData("""{"v":1,"jobs":[]}""", "at least one job")]
    public void Read_NotAMessage_SaysWhatIsWrong(string text, string says)
    {
        var e = Assert.Throws<MessageFormatException>(() => MessageReader.Read(text));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", "jobs[0] must be an object, not 5")]
    [InlineData("""{"id":"7","name":"a"}""", "jobs[0].id must be a UUID")]
    [InlineData("""{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11"}""", "jobs[0].name is missing")]
    [InlineData("""{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11","name":"a","headers":{"b":1}}""", "jobs[0].headers must be an object of strings")]
    [InlineData("""{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11","name":"a","notBefore":"soon"}""", "jobs[0].notBefore must be a time")]
    [InlineData("""{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11","name":"a","maxAttempts":0}""", "jobs[0].maxAttempts must be an integer from 1 to 100")]
    public void Read_OneBadJob_SaysWhatIsWrongAndKeepsTheOthers(string bad, string says)
    {
        var read = MessageReader.Read($$"""{"v":1,"jobs":[{{bad}},{"id":"0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a12","name":"good"}]}""");
        Assert.Equal("good", Assert.Single(read.Jobs).Name);
        var unreadable = Assert.Single(read.Unreadable);
        Assert.Equal(bad, unreadable.Text);
        Assert.Contains(says, unreadable.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedTenThousandDeep_IsRefused()
    {
        var deep = $$"""{"v":1,"jobs":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";
        Assert.Throws<MessageFormatException>(() => MessageReader.Read(deep));
    }

    [Theory]
    [InlineData(null, 10, 10)] // Nobody knows: a second each.
    [InlineData(0.1, 10, 100)]
    [InlineData(5.0, 10, 2)]
    [InlineData(60.0, 10, 1)]
    [InlineData(0.0001, 1, 1)] // Apart, however short.
    public void Write_KnownDuration_AsManyShareAMessageAsRunInASecondInEachSlot(double? seconds, int maxJobs, int expected)
    {
        var jobs = Enumerable.Range(0, 101).Select(_ => Envelope("{}")).ToArray();
        var messages = MessageWriter.Write(jobs, maxJobs, _ => seconds).Select(message => Jobs(Encoding.UTF8.GetString(message.Span))).ToArray();
        Assert.Equal(expected, messages[0].Count);
        Assert.Equal(jobs.Select(job => job.Id), messages.SelectMany(message => message).Select(job => job.Id));
    }

    [Fact]
    public void Write_ThousandsOfShortJobs_FillMessagesAndNoneIsTooLarge()
    {
        var jobs = Enumerable.Range(0, 2_000).Select(_ => Envelope("{}")).ToArray();
        var messages = MessageWriter.Write(jobs, 10, _ => 0.00001).ToArray();
        Assert.All(messages[..^1], message => Assert.InRange(message.Length, MessageWriter.MaxMessageBytes - 200, MessageWriter.MaxMessageBytes));
        Assert.Equal(2_000, messages.Sum(message => Jobs(Encoding.UTF8.GetString(message.Span)).Count));
    }

    private static IReadOnlyList<JobEnvelope> Jobs(string message)
    {
        var content = MessageReader.Read(message);
        Assert.Empty(content.Unreadable);
        return content.Jobs;
    }

    private static string[] Write(JobEnvelope[] envelopes, int maxJobs = 10) =>
        [.. MessageWriter.Write(envelopes, maxJobs).Select(m => Encoding.UTF8.GetString(m.Span))];

    private static JobEnvelope Envelope(string arguments) =>
        new() { Id = JobId.New(TimeProvider.System), Name = "test.job", Arguments = Encoding.UTF8.GetBytes(arguments) };
}
