using System.Text;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class PoisonTests(RealServers servers)
{
    private const string Id = "0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11";

    private readonly Stage stage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Unreadable => new()
    {
        { "empty", "", "not JSON" },
        { "blank", "  ", "not JSON" },
        { "bad JSON", "{\"v\":1,", "not JSON" },
        { "bad base64", "eyJ2IjoxfQ=!", "not JSON" },
        { "base64 of no JSON", Base64("hello"u8), "not JSON" },
        { "base64 of broken UTF-8", Base64([0xFF, 0xFE, 0xFD]), "not JSON" },
        { "broken UTF-8 in a name", Base64(Latin1($$"""{"v":1,"jobs":[{"id":"{{Id}}","name":"{{'\u00FF'}}"}]}""")), "not UTF-8" },
        { "broken UTF-8 in arguments", Base64(Latin1($$$"""{"v":1,"jobs":[{"id":"{{{Id}}}","name":"stage.count","args":{"a":"{{{'\u00FF'}}}"}}]}""")), "not UTF-8" },
        { "broken UTF-8 beside the jobs", Base64(Latin1($$"""{"{{'\u00FF'}}":1,"v":1,"jobs":[]}""")), "at least one job" },
        { "unknown version", """{"v":2,"jobs":[]}""", "version 2; this app reads version 1" },
        { "10,000 deep", new string('[', 10_000), "not JSON" },
        { "arguments 10,000 deep", $$$"""{"v":1,"jobs":[{"id":"{{{Id}}}","name":"a","args":{{{new string('[', 10_000)}}}{{{new string(']', 10_000)}}}}]}""", "not JSON" },
        { "half a pair in a name", $$"""{"v":1,"jobs":[{"id":"{{Id}}","name":"\ud800"}]}""", "not Unicode" },
        { "half a pair in arguments", $$$"""{"v":1,"jobs":[{"id":"{{{Id}}}","name":"stage.count","args":{"a":"\ud800"}}]}""", "not Unicode" },
        { "half a pair in a header's name", $$$"""{"v":1,"jobs":[{"id":"{{{Id}}}","name":"a","headers":{"\udc00":"b"}}]}""", "not Unicode" },
        { "half a pair in a property's name", $$"""{"\ud800":1,"w":2}""", "not Unicode" },
        { "half a pair as it is", "\ud800", "not JSON" },
    };

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public async Task ProcessAndRescue_Unreadable_IsOneDeadLetterWithItsReasonAndOthersRunOn(string what, string message, string says)
    {
        await using var engine = NewEngine();
        await engine.Processor.ProcessAsync(message, CancellationToken.None).WaitAsync(Limits.Signal, Cancel);
        await engine.Processor.RescueAsync(message, CancellationToken.None).WaitAsync(Limits.Signal, Cancel);
        var letter = Assert.Single(await Box(engine).ListAsync(new(), Cancel));
        Assert.Equal((JobState.Failed, FailureReason.Unreadable), (letter.State, letter.Reason!.Value));
        Assert.True(letter.Error!.Message.Contains(says, StringComparison.Ordinal), $"{what}: {letter.Error.Message}");
        Assert.NotNull(await Box(engine).ReadTextAsync(letter.Id, Cancel));
        Assert.Equal(JobState.Succeeded, (await engine.RunAsync("stage.count")).State);
    }

    [Theory]
    [InlineData("no.such", "{}", FailureReason.UnknownJob)]
    [InlineData("poison.add", """{"x":"two","y":3}""", FailureReason.InvalidArguments)]
    [InlineData("poison.add", """{"x":2}""", FailureReason.InvalidArguments)]
    [InlineData("poison.add", """{"x":2,"y":99999999999}""", FailureReason.InvalidArguments)]
    [InlineData("poison.add", "\"text\"", FailureReason.InvalidArguments)]
    [InlineData("poison.add", "null", FailureReason.InvalidArguments)]
    public async Task Process_JobThatCannotRun_FailsAtOnceWithItsReason(string name, string arguments, FailureReason reason)
    {
        await using var engine = NewEngine();
        await engine.Processor.ProcessAsync(Message(Envelope(Id, name, arguments)), CancellationToken.None);
        var letter = Assert.Single(await Box(engine).ListAsync(new(), Cancel));
        Assert.Equal((Id, reason, 1), (letter.Id.ToString(), letter.Reason!.Value, letter.Attempt));
        Assert.Empty(engine.Queue.Drain());
    }

    [Fact]
    public async Task Process_PackWithEveryKindOfBadJob_TheGoodOnesRun()
    {
        await using var engine = NewEngine();
        var good = Enumerable.Range(0, 6).Select(_ => JobId.New(TimeProvider.System)).ToArray();
        string[] bad = ["5", Envelope(NewId(), @"\ud800", "{}"), """{"id":"7","name":"a"}""", Envelope(NewId(), "no.such", "{}"), Envelope(NewId(), "poison.add", "{}")];
        await engine.Processor.ProcessAsync(Mixed(good, bad), CancellationToken.None);
        Assert.All(await Task.WhenAll(good.Select(engine.GetAsync)), job => Assert.Equal(JobState.Succeeded, job.State));
        var letters = await Box(engine).ListAsync(new(), Cancel);
        Assert.Equal(
            [FailureReason.UnknownJob, FailureReason.InvalidArguments, FailureReason.Unreadable, FailureReason.Unreadable, FailureReason.Unreadable],
            letters.Select(letter => letter.Reason!.Value).Order());
        Assert.All(letters, letter => Assert.NotEmpty(letter.Error!.Message));
    }

    [Fact]
    public async Task Rescue_Pack_SendsEachReadableJobByItselfAndBuriesTheOthers()
    {
        await using var engine = NewEngine();
        var good = Enumerable.Range(0, 3).Select(_ => JobId.New(TimeProvider.System)).ToArray();
        await engine.Processor.RescueAsync(Mixed(good, ["5", """{"id":"7","name":"a"}"""]), CancellationToken.None);
        var messages = engine.Queue.Drain();
        Assert.Equal(good, messages.Select(m => Assert.Single(MessageReader.Read(m).Jobs).Id));
        Assert.Equal(2, (await Box(engine).ListAsync(new() { Reason = FailureReason.Unreadable }, Cancel)).Count);
        Assert.False(stage.HasStarted);
        foreach (var message in messages)
            await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.All(await Task.WhenAll(good.Select(engine.GetAsync)), job => Assert.Equal(JobState.Succeeded, job.State));
    }

    [Fact]
    public async Task Rescue_JobHasRunMeanwhile_DoesNotRunAgain()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("stage.count");
        var message = await engine.Queue.ReceiveAsync();
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        await engine.Processor.RescueAsync(message, CancellationToken.None);
        await engine.ProcessNextAsync();
        Assert.Equal(1, stage.Runs[id]);
    }

    private static DeadLetterBox Box(Engine engine) => engine.Get<DeadLetterBox>();

    private static string NewId() => JobId.New(TimeProvider.System).ToString();

    private static string Mixed(JobId[] good, string[] bad) => Message([.. bad.Take(2), .. good.Select(id => Envelope(id.ToString(), "stage.count", "{}")), .. bad.Skip(2)]);

    private static string Envelope(string id, string name, string arguments) => $$"""{"id":"{{id}}","name":"{{name}}","args":{{arguments}}}""";

    private static string Message(params string[] jobs) => $$"""{"v":1,"jobs":[{{string.Join(',', jobs)}}]}""";

    private static string Base64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes);

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    private Engine NewEngine() => new(
        servers.RedisConnectionString, options => options.KeepUnknownJobs = TimeSpan.Zero, add: s => s.AddSingleton(stage), jobs: [typeof(StageJobs), typeof(PoisonJobs)]);

    private sealed class PoisonJobs
    {
        [Job("poison.add")]
        public int Add(int x, int y) => x + y;
    }
}
