using System.Net.ServerSentEvents;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Http.Events;

/// <summary>A caller of an event stream: reads with the runtime's own parser, so that what is written is what others read.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<JsonElement>> events;

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        events = SseParser.Create(stream, (_, data) => JsonElement.Parse(data)).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    public static async Task<EventReader> OpenAsync(HttpClient http, Uri jobUrl, string? lastEventId = null)
    {
        var response = await AskAsync(http, jobUrl, lastEventId);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    public static Task<HttpResponseMessage> AskAsync(HttpClient http, Uri jobUrl, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{jobUrl}/events");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<SseItem<JsonElement>?> NextAsync() => await events.MoveNextAsync().AsTask().WaitAsync(Limits.Signal) ? events.Current : null;

    /// <summary>All that come until the stream ends.</summary>
    public async Task<List<SseItem<JsonElement>>> RestAsync()
    {
        var rest = new List<SseItem<JsonElement>>();
        while (await NextAsync() is { } next)
            rest.Add(next);
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        // First: a read that waits for the next event would hold the enumerator.
        response.Dispose();
        await events.DisposeAsync();
    }
}
