using System.Net;
using EmbeddedHost;
using EmbeddedHost.Hosting;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.EmbeddedHost.Hosting;

public sealed class ListenAddressTests
{
    private const string Key = "a-key-of-this-test-01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Functions
    {
        [Function("Guarded")]
        public string Run([HttpTrigger] HttpRequest request) => "ok";
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("203.0.113.1")]
    public void Start_OthersCanReachItAndNoKeyIsSet_IsRefused(string address)
    {
        var app = new TestApp(typeof(Functions)) { Address = address };

        var exception = Assert.Throws<EmbeddedHostException>(app.Build);

        Assert.Equal(
            $"Address is {address}, which others can reach, and no key is set. Set FunctionKeys__default to a random key of 16 characters or more, or listen on localhost.",
            exception.Message);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("LocalHost")]
    public async Task Start_LoopbackAndNoKeyIsSet_Serves(string address)
    {
        if (address == "127.0.0.2" && !OperatingSystem.IsLinux())
            Assert.Skip("Only Linux has all of 127.0.0.0/8 without being told.");
        await using var host = await new TestApp(typeof(Functions)) { Address = address }.StartAsync();

        Assert.Equal("ok", await host.Http.GetStringAsync("api/Guarded", Cancellation));
    }

    [Fact]
    public async Task Start_OthersCanReachItAndAKeyIsSet_ListensThere()
    {
        await using var host = await Everywhere().StartAsync();

        Assert.Equal(IPAddress.Any, ((IPEndPoint)Listeners(host).Asked!).Address);
        Assert.Equal(IPAddress.Loopback.ToString(), host.Info.BaseAddress.Host);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/Guarded"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, $"api/Guarded?code={Key}"));
    }

    [Theory]
    [InlineData("jobs.example", null, HttpStatusCode.OK)]
    [InlineData("jobs.example", "https://jobs.example", HttpStatusCode.OK)]
    [InlineData("jobs.example:8080", "http://jobs.example:8080", HttpStatusCode.OK)]
    [InlineData("jobs.example", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("jobs.example", "null", HttpStatusCode.Forbidden)]
    public async Task Request_OthersCanReachIt_TakesAnyNameAndItsOwnPages(string name, string? origin, HttpStatusCode expected)
    {
        await using var host = await Everywhere().StartAsync();

        Assert.Equal(expected, await StatusAsync(host, $"api/Guarded?code={Key}", request =>
        {
            request.Headers.Host = name;
            if (origin is not null)
                request.Headers.Add("Origin", origin);
        }));
    }

    [Theory]
    [InlineData("admin/functions")]
    [InlineData("admin/host/status")]
    public async Task Admin_OthersCanReachIt_IsNotThere(string path)
    {
        await using var host = await Everywhere().StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, $"{path}?code={Key}"));
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("8080")]
    [InlineData("")]
    public void Options_AddressIsNone_AreRefused(string address)
    {
        var exception = Assert.Throws<EmbeddedHostException>(() => EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { Address = address }));
        Assert.Equal($"Address is '{address}'; it takes localhost or an IP address, such as 0.0.0.0 for every IPv4 address of this machine.", exception.Message);
    }

    // 203.0.113.0/24 is reserved for documents.
    [Fact]
    public async Task Start_AddressOfAnotherMachine_TellsWhatToDo()
    {
        var app = new TestApp(typeof(Functions)) { Address = "203.0.113.1" };
        app.Settings["FunctionKeys:default"] = Key;
        using var host = app.Build();

        var exception = await Assert.ThrowsAsync<EmbeddedHostException>(() => host.StartAsync(Cancellation));

        Assert.StartsWith("Cannot listen on 203.0.113.1, port 0: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Choose an address of this machine with --address, or another port with --port.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", 7071, false, "http://localhost:7071/")]
    [InlineData("localhost", 50000, true, "http://127.0.0.1:50000/")]
    [InlineData("0.0.0.0", 7071, false, "http://127.0.0.1:7071/")]
    [InlineData("::", 7071, false, "http://[::1]:7071/")]
    [InlineData("10.1.2.3", 7071, false, "http://10.1.2.3:7071/")]
    public void Reach_EachAddress_IsOneToCall(string address, int port, bool wasFree, string expected) =>
        Assert.Equal(expected, ListenAddress.Parse(address).Reach(port, wasFree).AbsoluteUri);

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData(null, "localhost")]
    public void CommandLine_Address_IsRead(string? text, string expected) =>
        Assert.Equal(expected, CommandLineAddress.Parse(text is null ? ["--x", "y"] : ["--address", text]));

    private static TestApp Everywhere()
    {
        var app = new TestApp(typeof(Functions)) { Address = "0.0.0.0", Services = services => services.AddSingleton<IConnectionListenerFactory, LoopbackListeners>() };
        app.Settings["FunctionKeys:default"] = Key;
        return app;
    }

    private static LoopbackListeners Listeners(TestHost host) => Assert.IsType<LoopbackListeners>(host.Host.Services.GetRequiredService<IConnectionListenerFactory>());

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string path, Action<HttpRequestMessage>? change = null)
    {
        Assert.NotNull(Listeners(host).Asked);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        using var answer = await host.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
