using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Hosting;

public sealed class EmbeddedHostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Names(Signals signals, Microsoft.Extensions.Configuration.IConfiguration configuration)
    {
        [Function("Name")]
        public string Name([HttpTrigger("get", "post", Route = "names/{id}")] HttpRequest request) => configuration["Name"] ?? "";

        [Function("Any")]
        public void Any([HttpTrigger] HttpRequest request) => signals.Tell("any");

        [Function("Message")]
        public void Message([QueueTrigger("%Queue%-x")] string message) => signals.Tell(message);

        [Function("Tick")]
        public void Tick([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => signals.Tell(timer);
    }

    [Fact]
    public async Task Start_TwoHostsInOneProcess_KeepApart()
    {
        var (one, two) = (Named("one"), Named("two"));
        await using var first = await one.StartAsync();
        await using var second = await two.StartAsync();

        Assert.NotEqual(first.Info.BaseAddress, second.Info.BaseAddress);
        Assert.Equal("one", await first.Http.GetStringAsync("api/names/1", Cancellation));
        Assert.Equal("two", await second.Http.GetStringAsync("api/names/1", Cancellation));
        await first.Host.StopAsync(Cancellation);
        Assert.Equal("two", await second.Http.GetStringAsync("api/names/1", Cancellation));
    }

    [Fact]
    public async Task Start_PortTaken_TellsWhatToDo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var app = Named("x");
        app.Port = port;
        using var host = app.Build();

        var exception = await Assert.ThrowsAsync<EmbeddedHostException>(() => host.StartAsync(Cancellation));

        Assert.Equal($"Port {port} on localhost is in use by another program. Stop it or choose another port with --port.", exception.Message);
    }

    [Fact]
    public async Task Start_PortGiven_ListensThere()
    {
        var app = Named("x");
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            app.Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await using var host = await app.StartAsync();

        Assert.Equal($"http://localhost:{app.Port}/", host.Info.BaseAddress.AbsoluteUri);
        Assert.Equal("x", await host.Http.GetStringAsync("api/names/1", Cancellation));
    }

    [Theory]
    [InlineData("80", 80)]
    [InlineData(null, 7071)]
    public void CommandLine_Port_IsRead(string? text, int port) =>
        Assert.Equal(port, global::EmbeddedHost.Hosting.CommandLinePort.Parse(text is null ? ["--x", "y"] : ["--port", text]));

    [Fact]
    public void CommandLine_PortNotANumber_IsRefused()
    {
        var exception = Assert.Throws<EmbeddedHostException>(() => FunctionsApplication.CreateBuilder(["--port=many"]));
        Assert.Equal("--port is 'many'; it takes a number from 0 (any free port) to 65535.", exception.Message);
    }

    [Theory]
    [InlineData(70000, 30, "Port is 70000; it takes 0 (any free port) to 65535.")]
    [InlineData(0, 1, "MessageLease is 00:00:01; it takes 00:00:02 to 7.00:00:00.")]
    public void Options_OutOfRange_AreRefused(int port, int leaseSeconds, string expected)
    {
        var exception = Assert.Throws<EmbeddedHostException>(() =>
            EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { Port = port, MessageLease = TimeSpan.FromSeconds(leaseSeconds) }));
        Assert.Equal(expected, exception.Message);
    }

    [Fact]
    public async Task Listing_EveryTrigger_IsWritten()
    {
        var app = Named("x");
        app.Settings["AzureWebJobs.Message.Disabled"] = "true";
        await using var host = await app.StartAsync();
        using var text = new StringWriter { NewLine = "\n" };

        FunctionListing.Write(text, host.Info);

        var url = host.Info.BaseAddress;
        Assert.Equal(
            $"""
            Functions:

                Any: {url}api/Any

                Name: [GET,POST] {url}api/names/{"{id}"}

                Message: queueTrigger abc-x (disabled)

                Tick: timerTrigger 0 */5 * * * *


            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    [Fact]
    public async Task Info_ApplicationStarted_IsComplete()
    {
        Uri? seen = null;
        using var host = Named("x").Build();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using var told = lifetime.ApplicationStarted.Register(() => seen = host.Services.GetRequiredService<EmbeddedHostInfo>().BaseAddress);

        await host.StartAsync(Cancellation);
        await host.StopAsync(Cancellation);

        Assert.NotNull(seen);
    }

    [Fact]
    public async Task FunctionAssembly_Given_IsSearched()
    {
        // This library has no functions, and looking for them must not fail.
        var folder = Directory.CreateTempSubdirectory("embedded-host-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), "{}", Cancellation);
        var builder = EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions
        {
            Port = 0,
            ContentRoot = folder.FullName,
            FunctionAssembly = typeof(EmbeddedHostOptions).Assembly,
        });
        builder.Logging.ClearProviders();
        using var host = builder.Build();
        folder.Delete(recursive: true);
        await host.StartAsync(Cancellation);

        Assert.Empty(host.Services.GetRequiredService<EmbeddedHostInfo>().Functions);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Build_DebugBuildInDevelopment_RefusesAServiceThatCannotBeMade()
    {
        var exception = await Assert.ThrowsAsync<AggregateException>(() => BuildWithABrokenServiceAsync(typeof(EmbeddedHostTests).Assembly));
        Assert.Contains(nameof(Broken), exception.Message, StringComparison.Ordinal);
    }

    // A start for work reads no constructors of services that it does not use: they name half of all packages.
    [Fact]
    public async Task Build_ReleaseBuildInDevelopment_LooksAtNoServiceBeforeItIsUsed() => await BuildWithABrokenServiceAsync(typeof(Assert).Assembly);

    private static async Task BuildWithABrokenServiceAsync(Assembly app)
    {
        Assert.SkipUnless(typeof(EmbeddedHostTests).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }, "These tests are built for Release.");
        var folder = Directory.CreateTempSubdirectory("embedded-host-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), "{}", Cancellation);
        try
        {
            var builder = EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { Port = 0, ContentRoot = folder.FullName, FunctionAssembly = app, FunctionTypes = [] });
            builder.Services.AddSingleton<Broken>();
            builder.Build().Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Broken(IDisposable nobodyHasIt)
    {
        public IDisposable Missing => nobodyHasIt;
    }

    private static TestApp Named(string name)
    {
        var app = new TestApp(typeof(Names));
        app.Settings["Name"] = name;
        app.Settings["Queue"] = "abc";
        app.Settings["AzureWebJobs__Message__Disabled"] = "true";
        return app;
    }
}
