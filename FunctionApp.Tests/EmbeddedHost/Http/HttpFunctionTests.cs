using System.Net;
using System.Net.Http.Json;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Http;

public sealed class HttpFunctionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed record Sum(int Total);

    public sealed class Answers
    {
        [Function("Action")]
        public IActionResult Action([HttpTrigger("get")] HttpRequest request) => new OkObjectResult(new Sum(3));

        [Function("Result")]
        public IResult Result([HttpTrigger("get")] HttpRequest request) => Results.Accepted(null, "taken");

        [Function("Text")]
        public static string Text([HttpTrigger("get")] HttpRequest request) => "hello";

        [Function("Poco")]
        public Task<Sum> Poco([HttpTrigger("get")] HttpRequest request) => Task.FromResult(new Sum(4));

        [Function("ValueTaskPoco")]
        public async ValueTask<IActionResult> ValueTaskPoco([HttpTrigger("get")] HttpRequest request)
        {
            await Task.Yield();
            return new StatusCodeResult(418);
        }

        [Function("Nothing")]
        public void Nothing([HttpTrigger("get")] HttpRequest request)
        {
        }

        [Function("NothingLater")]
        public async Task NothingLater([HttpTrigger("get")] HttpRequest request) => await Task.Yield();

        [Function("NothingAsValueTask")]
        public ValueTask NothingAsValueTask([HttpTrigger("get")] HttpRequest request) => ValueTask.CompletedTask;

        [Function("Throws")]
        public IActionResult Throws([HttpTrigger("get")] HttpRequest request) => throw new InvalidOperationException("secret detail");

        [Function("ThrowsInResult")]
        public IResult ThrowsInResult([HttpTrigger("get")] HttpRequest request) => Results.Stream(_ => throw new InvalidOperationException("late"));
    }

    [Theory]
    [InlineData("Action", HttpStatusCode.OK, """{"total":3}""")]
    [InlineData("Result", HttpStatusCode.Accepted, "\"taken\"")]
    [InlineData("Text", HttpStatusCode.OK, "hello")]
    [InlineData("Poco", HttpStatusCode.OK, """{"Total":4}""")]
    [InlineData("ValueTaskPoco", (HttpStatusCode)418, "")]
    [InlineData("Nothing", HttpStatusCode.OK, "")]
    [InlineData("NothingLater", HttpStatusCode.OK, "")]
    [InlineData("NothingAsValueTask", HttpStatusCode.OK, "")]
    public async Task Answer_EachReturnType_IsWritten(string function, HttpStatusCode status, string body)
    {
        await using var host = await new TestApp(typeof(Answers)).StartAsync();

        var answer = await host.Http.GetAsync($"api/{function}", Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("Throws")]
    [InlineData("ThrowsInResult")]
    public async Task Answer_FunctionThrows_IsAnEmpty500AndLogged(string function)
    {
        await using var host = await new TestApp(typeof(Answers)).StartAsync();

        var answer = await host.Http.GetAsync($"api/{function}", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        var line = await host.Logs.NextAsync(l => l.Category == $"Function.{function}");
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.IsType<InvalidOperationException>(line.Exception);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task Route_WrongMethod_Is404(string method)
    {
        await using var host = await new TestApp(typeof(Answers)).StartAsync();

        var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "api/Text"), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    public sealed class AnyMethod
    {
        [Function("Any")]
        public string Any([HttpTrigger] HttpRequest request) => request.Method;
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Route_NoMethodsNamed_TakesEveryMethod(string method)
    {
        await using var host = await new TestApp(typeof(AnyMethod)).StartAsync();

        var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "api/any"), Cancellation);

        Assert.Equal(method, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("v1/x", "v1/x/Any")]
    [InlineData("", "Any")]
    public async Task Route_PrefixInHostJson_StandsBeforeIt(string prefix, string path)
    {
        var app = new TestApp(typeof(AnyMethod)) { HostJson = $$"""{ "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""" };
        await using var host = await app.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync(path, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("api/Any", Cancellation)).StatusCode);
    }

    public sealed class Bindings
    {
        [Function("Item")]
        public object Item(
            [HttpTrigger("get", Route = "items/{id:int}/{kind?}")] HttpRequest request,
            FunctionContext context,
            CancellationToken cancellationToken,
            int id,
            DayOfWeek? kind,
            string? s,
            int? n,
            int size = 7) => new
            {
                id,
                kind = kind?.ToString(),
                s,
                n,
                size,
                context.FunctionDefinition.Name,
                same = request.HttpContext == context.GetHttpContext(),
                token = cancellationToken == context.CancellationToken,
                data = context.BindingContext.BindingData["id"],
            };
    }

    [Theory]
    [InlineData("items/5", """{"id":5,"kind":null,"s":null,"n":null,"size":7,"Name":"Item","same":true,"token":true,"data":"5"}""")]
    [InlineData("items/5/friday?s=a%20b&n=3&size=1", """{"id":5,"kind":"Friday","s":"a b","n":3,"size":1,"Name":"Item","same":true,"token":true,"data":"5"}""")]
    public async Task Parameters_RouteAndQuery_AreConverted(string path, string expected)
    {
        await using var host = await new TestApp(typeof(Bindings)).StartAsync();

        Assert.Equal(expected, await host.Http.GetStringAsync($"api/{path}", Cancellation));
    }

    [Fact]
    public async Task Route_ConstraintNotMet_Is404()
    {
        await using var host = await new TestApp(typeof(Bindings)).StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("api/items/five", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Parameters_QueryNotConvertible_Is500()
    {
        await using var host = await new TestApp(typeof(Bindings)).StartAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Http.GetAsync("api/items/5?n=many", Cancellation)).StatusCode);
    }

    public sealed class Aborted(Signals signals)
    {
        [Function("Wait")]
        public async Task Wait([HttpTrigger("get")] HttpRequest request, FunctionContext context, CancellationToken cancellationToken)
        {
            var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var a = request.HttpContext.RequestAborted.Register(() => signals.Tell("RequestAborted"));
            using var b = context.CancellationToken.Register(() => signals.Tell("context"));
            using var c = cancellationToken.Register(() => signals.Tell("parameter"));
            using var d = cancellationToken.Register(fired.SetResult);
            signals.Tell("started");
            await fired.Task;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Tokens_ClientAborts_AllFire()
    {
        await using var host = await new TestApp(typeof(Aborted)).StartAsync();
        using var client = new CancellationTokenSource();
        var call = host.Http.GetAsync("api/Wait", client.Token);
        Assert.Equal("started", await host.Signals.NextAsync());

        await client.CancelAsync();

        Assert.Equal(["RequestAborted", "context", "parameter"], (await host.Signals.NextAsync(3)).Order());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Logs.NextAsync(l => l is { Category: "Function.Wait", Level: LogLevel.Information });
        Assert.DoesNotContain(host.Logs.All, l => l.Level == LogLevel.Error);
    }

    public sealed class Streams(Signals signals)
    {
        [Function("Events")]
        public async Task Events([HttpTrigger("get")] HttpRequest request)
        {
            await request.HttpContext.Response.WriteAsync("data: 1\n\n");
            await request.HttpContext.Response.Body.FlushAsync();
            await signals.PassAsync("second");
            await request.HttpContext.Response.WriteAsync("data: 2\n\n");
        }
    }

    [Fact]
    public async Task Answer_WrittenByTheFunction_StreamsUnbuffered()
    {
        await using var host = await new TestApp(typeof(Streams)).StartAsync();
        var stream = await host.Http.GetStreamAsync("api/Events", Cancellation);
        using var reader = new StreamReader(stream);

        Assert.Equal("data: 1", await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(Limit.Signal, Cancellation));

        host.Signals.Open("second");
        Assert.Equal("\ndata: 2\n\n", await reader.ReadToEndAsync(Cancellation));
    }

    public sealed class Bodies
    {
        [Function("Body")]
        public async Task<IActionResult> Body([HttpTrigger("post")] HttpRequest request) => new OkObjectResult(await request.ReadFromJsonAsync<Sum>());
    }

    [Fact]
    public async Task Request_JsonBody_IsReadByTheFunction()
    {
        await using var host = await new TestApp(typeof(Bodies)).StartAsync();

        var answer = await host.Http.PostAsJsonAsync("api/Body", new Sum(9), Cancellation);

        Assert.Equal("""{"total":9}""", await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
