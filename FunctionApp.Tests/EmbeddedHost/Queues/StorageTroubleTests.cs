using System.Net;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Queues;

public sealed class StorageTroubleTests
{
    public sealed class Never
    {
        [Function("Never")]
        public void Run([QueueTrigger("trouble")] string message)
        {
        }
    }

    [Fact]
    public async Task Receive_StorageFailsForAWhile_OneWarningThenOneLineOfRecovery()
    {
        await using var storage = await FailingStorage.StartAsync();
        var app = TestApp.WithQueues(storage.ConnectionString, new { }, typeof(Never));
        await using var host = await app.StartAsync();

        var warning = await host.Logs.NextAsync(l => l.Level == LogLevel.Warning);
        Assert.Contains("'trouble' cannot be read", warning.Text, StringComparison.Ordinal);

        // Asked again and again, and silent about it.
        await storage.WhenAskedAgainAsync(9);
        storage.Recover();

        var line = await host.Logs.NextAsync(l => l.Text.Contains("can be read again", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Single(host.Logs.All, l => l.Level == LogLevel.Warning);
    }

    /// <summary>Answers 503 until told to recover, then as an empty queue.</summary>
    private sealed class FailingStorage(WebApplication app) : IAsyncDisposable
    {
        private readonly SemaphoreSlim asked = new(0);
        private volatile bool recovered;

        public string ConnectionString =>
            $"AccountName=devstoreaccount1;AccountKey={Convert.ToBase64String(new byte[64])};QueueEndpoint={Address}devstoreaccount1;";

        private string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";

        public static async Task<FailingStorage> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
            var app = builder.Build();
            var storage = new FailingStorage(app);
            app.Run(storage.AnswerAsync);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return storage;
        }

        public async Task WhenAskedAgainAsync(int times)
        {
            for (var i = 0; i < times; i++)
                Assert.True(await asked.WaitAsync(Limit.Signal, TestContext.Current.CancellationToken));
        }

        public void Recover() => recovered = true;

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            asked.Dispose();
        }

        private async Task AnswerAsync(HttpContext http)
        {
            asked.Release();
            if (recovered)
            {
                http.Response.ContentType = "application/xml";
                await http.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList></QueueMessagesList>");
                return;
            }

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
