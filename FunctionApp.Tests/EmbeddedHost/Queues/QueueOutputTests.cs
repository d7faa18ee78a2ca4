using System.Net;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Tests.EmbeddedHost.Queues;

public sealed class QueueOutputTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed record Note(string Text);

    public sealed class Both
    {
        [QueueOutput("%Queue%")]
        public required string[] Messages { get; init; }

        [QueueOutput("%Queue%-notes")]
        public Note? Note { get; init; }

        [HttpResult]
        public required IActionResult Answer { get; init; }
    }

    public sealed class Sends
    {
        [Function("Both")]
        public Both Both([HttpTrigger("post")] HttpRequest request) =>
            new() { Messages = ["a", "b"], Note = new Note("n"), Answer = new AcceptedResult() };

        [Function("Alone")]
        [QueueOutput("%Queue%")]
        public Task<string?> Alone([HttpTrigger("post")] HttpRequest request, string? text) => Task.FromResult(text);

        [Function("Fails")]
        [QueueOutput("%Queue%")]
        public string Fails([HttpTrigger("post")] HttpRequest request) => throw new InvalidOperationException("no");
    }

    [Fact]
    public async Task Result_ClassWithOutputsAndAnswer_SendsBothAndCreatesTheQueues()
    {
        var (queue, app) = Prepare();
        await using var host = await app.StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsync("api/Both", null, Cancellation)).StatusCode);

        Assert.Equal(["a", "b"], await TextsAsync(queue));
        var notes = new Azure.Storage.Queues.QueueClient(servers.StorageConnectionString, queue.Name + "-notes");
        Assert.Equal("""{"Text":"n"}""", (await TestQueue.ReceiveAsync(notes)).MessageText);
    }

    [Fact]
    public async Task Result_OutputOnTheMethod_SendsIt()
    {
        var (queue, app) = Prepare();
        await queue.CreateAsync();
        await using var host = await app.StartAsync();

        var answer = await host.Http.PostAsync("api/Alone?text=x", null, Cancellation);
        await host.Http.PostAsync("api/Alone", null, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(["x"], await TextsAsync(queue));
    }

    [Fact]
    public async Task Result_Base64InHostJson_IsEncoded()
    {
        var (queue, app) = Prepare("base64");
        await using var host = await app.StartAsync();

        await host.Http.PostAsync("api/Alone?text=x", null, Cancellation);

        Assert.Equal(["eA=="], await TextsAsync(queue));
    }

    [Fact]
    public async Task Result_FunctionThrows_SendsNothing()
    {
        var (queue, app) = Prepare();
        await queue.CreateAsync();
        await using var host = await app.StartAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Http.PostAsync("api/Fails", null, Cancellation)).StatusCode);
        Assert.Empty(await TextsAsync(queue));
    }

    public sealed class Unsendable
    {
        [Function("TooBig")]
        public Both TooBig([HttpTrigger("post")] HttpRequest request) =>
            new() { Messages = [new string('x', 70_000)], Answer = new AcceptedResult() };
    }

    [Fact]
    public async Task Result_CannotBeSent_IsA500()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { }, typeof(Unsendable));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Http.PostAsync("api/TooBig", null, Cancellation)).StatusCode);
    }

    private (TestQueue Queue, TestApp App) Prepare(string encoding = "none")
    {
        var queue = new TestQueue(servers.StorageConnectionString);
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { messageEncoding = encoding }, typeof(Sends));
        app.Settings["Queue"] = queue.Name;
        return (queue, app);
    }

    private static async Task<string[]> TextsAsync(TestQueue queue) =>
        [.. (await queue.Client.ReceiveMessagesAsync(32, cancellationToken: Cancellation)).Value.Select(m => m.MessageText)];
}
