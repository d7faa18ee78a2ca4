namespace FunctionApp.Tests.Guarantees.Workers;

/// <summary>The points that only calls to the queue service mark: what the host does with a message, the engine does not see.</summary>
internal sealed class DyingQueueCalls(Death death)
{
    private const string Started = "System.Net.Http.HttpRequestOut.Start";
    private const string Ended = "System.Net.Http.HttpRequestOut.Stop";

    public void OnCall(KeyValuePair<string, object?> told)
    {
        if (told.Key is not (Started or Ended) || Property<HttpRequestMessage>(told.Value, "Request") is not { } request)
            return;
        var path = request.RequestUri!.AbsolutePath;
        if (told.Key == Started && request.Method == HttpMethod.Delete && path.Contains("/messages/", StringComparison.Ordinal))
            death.Pass(DeathPoint.Settled);
        // The first copy finds no queue, and is sent again when that is made.
        if (told.Key == Ended && request.Method == HttpMethod.Post && path.EndsWith("-poison/messages", StringComparison.Ordinal)
            && Property<HttpResponseMessage>(told.Value, "Response") is { IsSuccessStatusCode: true })
            death.Pass(DeathPoint.PoisonCopied);
    }

    // The event's own type is not public; its properties are documented.
    private static T? Property<T>(object? told, string name) where T : class => told?.GetType().GetProperty(name)?.GetValue(told) as T;
}
