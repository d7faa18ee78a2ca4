using System.Diagnostics;
using System.Net.Http.Headers;
using FunctionApp.Tests.Lovage.Telemetry;

namespace FunctionApp.Tests.FunctionApp.Telemetry;

public sealed class TraceTests(RealServers servers)
{
    [Fact]
    public async Task Post_WithTraceparent_IsOneTraceFromTheCallerToTheRun()
    {
        using var spans = new Spans("Microsoft.AspNetCore");
        await using var app = await App.StartAsync(servers);
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs/math.add")
        {
            Content = new StringContent("""{"x":2,"y":3}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var accepted = await app.Http.SendAsync(request);
        await app.EndOfAsync(accepted.Headers.Location!);

        var send = Assert.Single(spans.In(trace), span => span.Kind is ActivityKind.Producer);
        var process = Assert.Single(spans.In(trace), span => span.Kind is ActivityKind.Consumer);
        Assert.Equal(("send math.add", "process math.add", send.SpanId), (send.DisplayName, process.DisplayName, process.ParentSpanId));
        Assert.Equal("Microsoft.AspNetCore", Assert.IsType<Activity>(send.Parent).Source.Name);
    }
}
