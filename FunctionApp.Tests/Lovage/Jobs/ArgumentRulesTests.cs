using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Jobs;

/// <summary>Validation attributes are checked at the door, and in the worker for what came by another way.</summary>
public sealed class ArgumentRulesTests
{
    [Theory]
    [InlineData(nameof(Methods.Ranged), "3601", "must be at least 0 and at most 3600, not 3601.")]
    [InlineData(nameof(Methods.Above), "0", "must be more than 0 and at most 1, not 0.")]
    [InlineData(nameof(Methods.Named), "\"\"", "must have 1 to 5 characters, not 0.")]
    [InlineData(nameof(Methods.Named), "\"abcdef\"", "must have 1 to 5 characters, not 6.")]
    [InlineData(nameof(Methods.Listed), "[1,2,3]", "must have at most 2 elements, not 3.")]
    [InlineData(nameof(Methods.Listed), "[]", "must have at least 1 element, not 0.")]
    [InlineData(nameof(Methods.Coded), "\"A12x\"", "must match [A-Z][0-9]+.")]
    [InlineData(nameof(Methods.Linked), "\"gopher://a\"", "is refused: The value field is not a valid fully-qualified http, https, or ftp URL.")]
    [InlineData(nameof(Methods.Mailed), "\"nobody\"", "is refused: The value field is not a valid e-mail address.")]
    [InlineData(nameof(Methods.Chosen), "\"c\"", "must be one of a, b.")]
    [InlineData(nameof(Methods.Present), "\"  \"", "must not be empty.")]
    [InlineData(nameof(Methods.Worded), "0", "is refused: Only one will do.")]
    [InlineData(nameof(Methods.Own), "3", "is refused: value is odd.")]
    [InlineData(nameof(Methods.Deep), """{"street":"x","rooms":[{"floor":1},{"floor":9}]}""", "must be at least 0 and at most 5, not 9 (at $.rooms[1].floor).")]
    [InlineData(nameof(Methods.Deep), """{"street":"","rooms":[]}""", "must not be empty (at $.street).")]
    [InlineData(nameof(Methods.Tree), """{"weight":1,"left":{"weight":1,"left":{"weight":11}}}""", "must be at least 0 and at most 10, not 11 (at $.left.left.weight).")]
    public void Bind_AgainstARule_NamesTheArgumentAndWhatIsAllowed(string method, string value, string says)
    {
        var e = Assert.Throws<InvalidArgumentsException>(() => Bind(method, $"{{\"value\":{value}}}"));
        Assert.Equal([new("value", says)], e.Errors);
        Assert.Equal(e.Errors, Assert.Throws<InvalidArgumentsException>(() => Bind(method, $"[{value}]")).Errors);
    }

    [Theory]
    [InlineData(nameof(Methods.Ranged), "3600")]
    [InlineData(nameof(Methods.Maybe), "null")]
    [InlineData(nameof(Methods.Coded), "\"A12\"")]
    [InlineData(nameof(Methods.Deep), """{"street":"x","rooms":[{"floor":0},null]}""")]
    [InlineData(nameof(Methods.Tree), """{"weight":1,"left":{"weight":1}}""")]
    public void Bind_WithinTheRules_IsTaken(string method, string value) => Assert.Single(Bind(method, $"{{\"value\":{value}}}"));

    [Fact]
    public async Task Enqueue_TypedCallAgainstARule_IsRefused()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddLovage().RunEagerly().AddJobs<RuledJobs>();
        await using var provider = services.BuildServiceProvider();
        var e = await Assert.ThrowsAsync<InvalidArgumentsException>(() => provider.GetRequiredService<JobClient>().EnqueueAsync<RuledJobs>(j => j.Run(7, null, default)));
        Assert.Equal([new("stars", "must be at least 1 and at most 5, not 7.")], e.Errors);
    }

    [Theory]
    [InlineData(nameof(Methods.LongNumber), "[MaxLength] does not fit a Int32")]
    [InlineData(nameof(Methods.Reversed), "[Range] does not fit a Int32")]
    public void AddJob_AttributeThatDoesNotFit_StopsTheStart(string method, string says)
    {
        var e = Assert.Throws<InvalidOperationException>(() => Job(method));
        Assert.StartsWith($"Job 'test.job' on Methods.{method}: argument 'value' cannot be checked. {says}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_Jobs_DescribeWhatCallersGiveAndGet()
    {
        var services = new ServiceCollection();
        services.AddLovage().AddJobs<RuledJobs>();
        var job = Assert.Single(((JobRegistry)services.Single(s => s.ServiceType == typeof(JobRegistry)).ImplementationInstance!).Jobs);
        Assert.Equal(("ruled", nameof(RuledJobs.Run), typeof(string)), (job.Name, job.Method.Name, job.ResultType));
        Assert.Equal([("stars", false, false), ("note", true, true)], job.Arguments.Select(argument => (argument.Name, argument.IsOptional, argument.TakesNull)));
    }

    private static object?[] Bind(string method, string json) => JobArguments.Bind(Job(method), JsonDocument.Parse(json).RootElement);

    private static JobDefinition Job(string method) => new("test.job", typeof(Methods).GetMethod(method)!);

    [AttributeUsage(AttributeTargets.Parameter)]
    private sealed class EvenAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is int number && number % 2 == 0;

        public override string FormatErrorMessage(string name) => $"{name} is odd.";
    }

    private sealed class RuledJobs
    {
        [Job("ruled")]
        public Task<string> Run([Range(1, 5)] int stars, string? note = null, CancellationToken cancellation = default) => Task.FromResult($"{stars}{note}");
    }

    private sealed record Room([Range(0, 5)] int Floor);

    private sealed record House([Required] string Street, IReadOnlyList<Room?> Rooms);

    private sealed class Node
    {
        [Range(0, 10)]
        public int Weight { get; set; }

        public Node? Left { get; set; }
    }

    private static class Methods
    {
        public static void Ranged([Range(0, 3600)] double value) => _ = value;

        public static void Maybe([Range(0, 3600)] double? value) => _ = value;

        public static void Above([Range(0.0, 1.0, MinimumIsExclusive = true)] double value) => _ = value;

        public static void Named([StringLength(5, MinimumLength = 1)] string value) => _ = value;

        public static void Listed([MinLength(1), MaxLength(2)] IReadOnlyList<int> value) => _ = value;

        public static void Coded([RegularExpression("[A-Z][0-9]+")] string value) => _ = value;

        public static void Linked([Url] string value) => _ = value;

        public static void Mailed([EmailAddress] string value) => _ = value;

        public static void Chosen([AllowedValues("a", "b")] string value) => _ = value;

        public static void Present([Required] string value) => _ = value;

        public static void Worded([Range(1, 1, ErrorMessage = "Only one will do.")] int value) => _ = value;

        public static void Own([Even] int value) => _ = value;

        public static void Deep(House value) => _ = value;

        public static void Tree(Node value) => _ = value;

        public static void LongNumber([MaxLength(3)] int value) => _ = value;

        public static void Reversed([Range(2, 1)] int value) => _ = value;
    }
}
