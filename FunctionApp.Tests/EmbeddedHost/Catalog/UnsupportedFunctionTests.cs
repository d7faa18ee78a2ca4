using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;

namespace FunctionApp.Tests.EmbeddedHost.Catalog;

public sealed class UnsupportedFunctionTests
{
    public sealed class BlobTriggerAttribute : TriggerBindingAttribute;

    public sealed class BlobInputAttribute : InputBindingAttribute;

    public sealed class TableOutputAttribute : OutputBindingAttribute;

    public static class RequestData
    {
        [Function("F")]
        public static void Run([HttpTrigger("get")] HttpRequestData request) => ArgumentNullException.ThrowIfNull(request);
    }

    public static class OtherTrigger
    {
        [Function("F")]
        public static void Run([BlobTrigger] string blob) => ArgumentNullException.ThrowIfNull(blob);
    }

    public static class NoTrigger
    {
        [Function("F")]
        public static void Run(FunctionContext context) => ArgumentNullException.ThrowIfNull(context);
    }

    public static class TwoTriggers
    {
        [Function("F")]
        public static void Run([QueueTrigger("one")] string one, [QueueTrigger("two")] string two) => ArgumentNullException.ThrowIfNull(one + two);
    }

    public static class Input
    {
        [Function("F")]
        public static void Run([HttpTrigger("get")] HttpRequest request, [BlobInput] string blob) => ArgumentNullException.ThrowIfNull(blob);
    }

    public static class Output
    {
        [Function("F"), TableOutput]
        public static string Run([HttpTrigger("get")] HttpRequest request) => "";
    }

    public sealed class Unmarked
    {
        [QueueOutput("abc")]
        public string Message { get; } = "";

        public IActionResult Answer { get; } = new OkResult();
    }

    public static class AnswerWithoutHttpResult
    {
        [Function("F")]
        public static Unmarked Run([HttpTrigger("get")] HttpRequest request) => new();
    }

    public static class Unbindable
    {
        [Function("F")]
        public static void Run([HttpTrigger("get")] HttpRequest request, Uri address) => ArgumentNullException.ThrowIfNull(address);
    }

    public static class UnbindableBesideAMessage
    {
        [Function("F")]
        public static void Run([QueueTrigger("abc")] string message, int dequeueCount) => ArgumentNullException.ThrowIfNull(message);
    }

    public static class WrongTimer
    {
        [Function("F")]
        public static void Run([TimerTrigger("01:00:00")] string timer) => ArgumentNullException.ThrowIfNull(timer);
    }

    public static class BadSchedule
    {
        [Function("F")]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) => ArgumentNullException.ThrowIfNull(timer);
    }

    public static class BadRoute
    {
        [Function("F")]
        public static void Run([HttpTrigger("get", Route = "a/{b")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);
    }

    public static class BadQueueName
    {
        [Function("F")]
        public static void Run([QueueTrigger("my_queue")] string message) => ArgumentNullException.ThrowIfNull(message);
    }

    public static class Hidden
    {
        [Function("F")]
        internal static void Run([QueueTrigger("abc")] string message) => ArgumentNullException.ThrowIfNull(message);
    }

    public static class AsyncVoid
    {
        [Function("F")]
        public static async void Run([QueueTrigger("abc")] string message) => await Task.FromResult(message);
    }

    public static class MissingSetting
    {
        [Function("F")]
        public static void Run([QueueTrigger("jobs-%Nowhere%")] string message) => ArgumentNullException.ThrowIfNull(message);
    }

    public static class MissingConnection
    {
        [Function("F")]
        public static void Run([QueueTrigger("abc", Connection = "Other")] string message) => ArgumentNullException.ThrowIfNull(message);
    }

    [Theory]
    [InlineData(typeof(RequestData), "the parameter 'request' of type HttpRequestData cannot be bound; an HTTP function takes HttpRequest,")]
    [InlineData(typeof(OtherTrigger), "the trigger [BlobTrigger] is not supported here")]
    [InlineData(typeof(NoTrigger), "no parameter carries a trigger attribute")]
    [InlineData(typeof(TwoTriggers), "it has 2 triggers")]
    [InlineData(typeof(Input), "the input binding [BlobInput] is not supported here")]
    [InlineData(typeof(Output), "the output binding [TableOutput] is not supported here")]
    [InlineData(typeof(AnswerWithoutHttpResult), "the property Unmarked.Answer is an HTTP answer without [HttpResult]")]
    [InlineData(typeof(Unbindable), "the parameter 'address' of type Uri cannot be bound")]
    [InlineData(typeof(UnbindableBesideAMessage), "the parameter 'dequeueCount' of type Int32 cannot be bound; a queue function takes")]
    [InlineData(typeof(WrongTimer), "the parameter 'timer' of type String cannot be bound; a timer function takes TimerInfo")]
    [InlineData(typeof(BadSchedule), "its schedule 'every day' cannot be read")]
    [InlineData(typeof(BadRoute), "its route 'api/a/{b' cannot be read")]
    [InlineData(typeof(BadQueueName), "names the queue 'my_queue'")]
    [InlineData(typeof(Hidden), "method and class must be public")]
    [InlineData(typeof(AsyncVoid), "it is async void")]
    [InlineData(typeof(MissingSetting), "needs the setting 'Nowhere' ('jobs-%Nowhere%'), which is not set")]
    [InlineData(typeof(MissingConnection), "needs the connection string 'Other', which is not set")]
    public void Start_UnsupportedConstruct_IsRefusedByName(Type functions, string reason)
    {
        var message = Assert.Throws<EmbeddedHostException>(new TestApp(functions).Build).Message;

        Assert.StartsWith($"Function 'F' ({functions.Name}.Run)", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage__queueServiceUri", "https://x.example", "managed identity ('AzureWebJobsStorage__queueServiceUri'), which is not supported here")]
    [InlineData("AzureWebJobsStorage", "nonsense", "has a connection string in 'AzureWebJobsStorage' that cannot be read")]
    [InlineData("Unrelated", "x", "needs the connection string 'AzureWebJobsStorage', which is not set")]
    public void Start_ConnectionUnusable_IsRefused(string setting, string value, string expected)
    {
        var app = new TestApp(typeof(Good));
        app.Settings.Remove("AzureWebJobsStorage");
        app.Settings[setting] = value;

        var message = Assert.Throws<EmbeddedHostException>(app.Build).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", message, StringComparison.Ordinal);
    }

    public static class Good
    {
        [Function("Good")]
        public static void Run([QueueTrigger("abc")] string message) => ArgumentNullException.ThrowIfNull(message);
    }

    public static class Twins
    {
        [Function("Twin")]
        public static void One([HttpTrigger("get")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);

        [Function("twin")]
        public static void Two([HttpTrigger("post")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);
    }

    [Fact]
    public void Start_TwoFunctionsOfOneName_IsRefused() => Assert.Equal(
        "Function 'twin' is declared twice: Twins.One and Twins.Two. Names are unique in an app, whatever their case.",
        Assert.Throws<EmbeddedHostException>(new TestApp(typeof(Twins)).Build).Message);

    public static class Routes
    {
        [Function("One")]
        public static void One([HttpTrigger("get", "post", Route = "items/{id}")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);

        [Function("Two")]
        public static void Two([HttpTrigger("post", Route = "Items/{name}")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);

        [Function("Three")]
        public static void Three([HttpTrigger("post", Route = "items/{id:int}")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);
    }

    [Fact]
    public void Start_TwoFunctionsOfOneRouteAndMethod_IsRefused() => Assert.Equal(
        "Functions 'One' and 'Two' both answer POST on 'api/Items/{name}'. Change the route or the methods of one.",
        Assert.Throws<EmbeddedHostException>(new TestApp(typeof(Routes)).Build).Message);

    public static class Reserved
    {
        [Function("F")]
        public static void Run([HttpTrigger("get", Route = "admin/x")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);
    }

    public static class Harmless
    {
        [Function("F")]
        public static void Run([HttpTrigger("get", Route = "x")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);
    }

    public static class NearlyReserved
    {
        [Function("F")]
        public static void Run([HttpTrigger("get", Route = "Administrators")] HttpRequest request) => ArgumentNullException.ThrowIfNull(request);
    }

    // The stock host looks at the first letters of the route alone, so what it would leave out must not run here.
    [Theory]
    [InlineData(typeof(Reserved), "", "admin/x")]
    [InlineData(typeof(Reserved), "api", "admin/x")]
    [InlineData(typeof(NearlyReserved), "api", "Administrators")]
    [InlineData(typeof(Harmless), "runtime", "runtime/x")]
    public void Start_RouteOfTheHostItself_IsRefused(Type functions, string prefix, string route)
    {
        var app = new TestApp(functions) { HostJson = $$"""{ "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""" };
        Assert.Contains($"its route '{route}' begins with a path of the host", Assert.Throws<EmbeddedHostException>(app.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_HttpWithoutTheWebApplication_IsRefused()
    {
        var app = new TestApp(typeof(Http.HttpFunctionTests.AnyMethod)) { Configure = _ => { } };
        Assert.Contains("did not call ConfigureFunctionsWebApplication()", Assert.Throws<EmbeddedHostException>(app.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_SeveralProblems_AreToldTogether()
    {
        var app = new TestApp(typeof(OtherTrigger), typeof(Twins)) { HostJson = """{ "functionTimeout": "soon" }""" };

        var message = Assert.Throws<EmbeddedHostException>(app.Build).Message;

        Assert.StartsWith("3 problems:", message, StringComparison.Ordinal);
        Assert.Contains("- Function 'F'", message, StringComparison.Ordinal);
        Assert.Contains("- Function 'twin'", message, StringComparison.Ordinal);
        Assert.Contains("- host.json: functionTimeout", message, StringComparison.Ordinal);
    }
}
