using System.Text;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Queues;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Tests.EmbeddedHost.Queues;

public sealed class QueueBindingTests(RealServers servers)
{
    public sealed record Order(string Name, int Count);

    public sealed class AsText(Signals signals)
    {
        [Function("F")]
        public void Run([QueueTrigger("%Queue%")] string message) => signals.Tell(message);
    }

    public sealed class AsBytes(Signals signals)
    {
        [Function("F")]
        public void Run([QueueTrigger("%Queue%")] byte[] message) => signals.Tell(Encoding.UTF8.GetString(message));
    }

    public sealed class AsBinaryData(Signals signals)
    {
        [Function("F")]
        public void Run([QueueTrigger("%Queue%")] BinaryData message) => signals.Tell(message.ToString());
    }

    public sealed class AsQueueMessage(Signals signals)
    {
        [Function("F")]
        public void Run([QueueTrigger("%Queue%")] QueueMessage message, FunctionContext context)
        {
            Assert.Equal(1, message.DequeueCount);
            Assert.Equal(message.MessageId, context.BindingContext.BindingData["Id"]);
            signals.Tell(message.Body.ToString());
        }
    }

    public sealed class AsClass(Signals signals)
    {
        [Function("F")]
        public Task Run([QueueTrigger("%Queue%")] Order order)
        {
            signals.Tell($$"""{"name":"{{order.Name}}","count":{{order.Count}}}""");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void BindingData_OfAMessage_HasTheStockHostsNamesButTwo() => Assert.Equal(
        ["DequeueCount", "ExpirationTime", "Id", "InsertionTime", "NextVisibleTime"],
        QueueEvent.Describe(QueueEvent.ByHand("text", DateTimeOffset.UnixEpoch)).BindingData.Keys.Order());

    [Theory]
    [InlineData(typeof(AsText))]
    [InlineData(typeof(AsBytes))]
    [InlineData(typeof(AsBinaryData))]
    [InlineData(typeof(AsQueueMessage))]
    [InlineData(typeof(AsClass))]
    public async Task Message_EachParameterType_IsBoundInBothEncodings(Type function)
    {
        const string Text = """{"name":"lovage é","count":3}""";
        foreach (var (encoding, written) in new[] { ("none", Text), ("base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Text))) })
        {
            var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
            await queue.SendAsync(written);
            var app = TestApp.WithQueues(servers.StorageConnectionString, new { messageEncoding = encoding }, function);
            app.Settings["Queue"] = queue.Name;
            await using var host = await app.StartAsync();

            Assert.Equal(Text, await host.Signals.NextAsync());
            await queue.WhenEmptyAsync();
        }
    }
}
