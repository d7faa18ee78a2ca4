using System.Net;
using System.Net.Http.Headers;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.EmbeddedHost.Http;

/// <summary>How long, how many, how big.</summary>
public sealed class HttpLimitTests
{
    // What Kestrel takes unless it is told otherwise, on both hosts.
    private const int LargestBody = 30_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Waits(Signals signals)
    {
        [Function("Waits")]
        public async Task<string> Run([HttpTrigger("get")] HttpRequest request, CancellationToken cancellationToken)
        {
            signals.Tell("started");
            await signals.PassAsync("go", cancellationToken);
            return "whole answer";
        }
    }

    [Fact]
    public async Task Answer_AfterAFrontEndWouldHaveCutIt_Arrives()
    {
        var clock = new FakeTimeProvider();
        await using var host = await new TestApp(typeof(Waits)) { Clock = clock }.StartAsync();
        var call = host.Http.GetStringAsync(new Uri("api/Waits", UriKind.Relative), Cancellation);
        Assert.Equal("started", await host.Signals.NextAsync());

        clock.Advance(TimeSpan.FromMinutes(29));
        host.Signals.Open("go");

        Assert.Equal("whole answer", await call);
    }

    [Fact]
    public async Task Requests_MoreThanAPlanAllowsAtOnce_AllRun()
    {
        const int Many = 120;
        var app = new TestApp(typeof(Waits)) { HostJson = """{ "extensions": { "http": { "maxConcurrentRequests": 100, "maxOutstandingRequests": 100 } } }""" };
        await using var host = await app.StartAsync();

        var calls = Enumerable.Range(0, Many).Select(_ => host.Http.GetStringAsync(new Uri("api/Waits", UriKind.Relative), Cancellation)).ToArray();
        await host.Signals.NextAsync(Many);
        host.Signals.Open("go");

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("whole answer", answer));
    }

    public sealed class Reads
    {
        [Function("Reads")]
        public Task<string> Run([HttpTrigger("post")] HttpRequest request) => CountAsync(request);

        [Function("ReadsAll")]
        public Task<string> RunAll([HttpTrigger("post")] HttpRequest request)
        {
            request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
            return CountAsync(request);
        }

        private static async Task<string> CountAsync(HttpRequest request)
        {
            var (buffer, sum) = (new byte[1 << 16], 0L);
            while (await request.Body.ReadAsync(buffer) is > 0 and var read)
                sum += read;
            return $"{sum}";
        }
    }

    [Theory]
    [InlineData("Reads", LargestBody, HttpStatusCode.OK)]
    [InlineData("Reads", LargestBody + 1, HttpStatusCode.InternalServerError)]
    [InlineData("ReadsAll", LargestBody + 1, HttpStatusCode.OK)]
    public async Task Body_OverThirtyMegabytes_Is500UnlessTheFunctionLiftsTheLimit(string function, int length, HttpStatusCode expected)
    {
        await using var host = await new TestApp(typeof(Reads)).StartAsync();
        using var content = new ByteArrayContent(new byte[length]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/{function}") { Content = content };
        // Refused before it is sent: else its sender would find the connection cut, and not the answer.
        request.Headers.ExpectContinue = true;

        using var answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? $"{length}" : "", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>An answer that a serializer cannot read.</summary>
    public sealed class Unserializable(Signals signals) : IActionResult
    {
        public string Secret => throw new InvalidOperationException("Read by a serializer.");

        public Task ExecuteResultAsync(ActionContext context)
        {
            signals.Tell("written");
            return context.HttpContext.Response.WriteAsync("by itself");
        }
    }

    public sealed class Answers(Signals signals)
    {
        [Function("Answers")]
        public IActionResult Run([HttpTrigger("get")] HttpRequest request) => new Unserializable(signals);
    }

    [Fact]
    public async Task Answer_ActionResult_IsExecutedAndNotSerialised()
    {
        await using var host = await new TestApp(typeof(Answers)).StartAsync();

        Assert.Equal("by itself", await host.Http.GetStringAsync(new Uri("api/Answers", UriKind.Relative), Cancellation));

        Assert.Equal("written", await host.Signals.NextAsync());
        Assert.True(host.Signals.NothingTold);
        Assert.DoesNotContain(host.Logs.All, l => l.Level == LogLevel.Error);
    }
}
