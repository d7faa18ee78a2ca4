using FunctionApp.Configuration;
using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.FunctionApp.Telemetry;

public sealed class OtlpExportTests(RealServers servers)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public async Task Export_EndpointIsSet_ReceivesTracesAndMetricsOfAJob()
    {
        await using var collector = await Collector.StartAsync();
        // A process of its own: in this one the exporter would get the spans of all tests, and drop what its buffer cannot hold.
        var settings = AppSettings.Shared(servers).With(Endpoint, collector.Address).With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        var (app, client) = await AppProcess.StartAndListenAsync(settings);
        await using var process = app;
        using var http = client;
        await http.EndOfAsync(await http.EnqueueAsync("math.add", new { x = 2, y = 3 }));
        // What is left is sent when the app stops.
        app.SendInterrupt();
        Assert.Equal(0, await app.WaitForExitAsync());
        await collector.ReceivesAsync("/v1/traces", "process math.add");
        await collector.ReceivesAsync("/v1/metrics", "messaging.process.duration");
    }

    [Fact]
    public async Task Export_EndpointIsNoAddress_StopsTheStartAndSaysSo()
    {
        var error = await Assert.ThrowsAsync<SettingException>(() => App.StartAsync(servers, new Dictionary<string, string?> { [Endpoint] = "localhost:4317" }));
        Assert.Contains($"{Endpoint} is 'localhost:4317'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_WithoutAnEndpoint_LoadsNoExporter(bool isSet)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux lists the files that a process has mapped.");
        var settings = AppSettings.Shared(servers).With(Endpoint, isSet ? "http://127.0.0.1:9" : "");
        var (app, client) = await AppProcess.StartAndListenAsync(settings);
        await using var process = app;
        using var http = client;
        Assert.Equal(isSet, (await File.ReadAllTextAsync($"/proc/{app.Pid}/maps")).Contains("OpenTelemetry.Exporter", StringComparison.Ordinal));
    }
}
