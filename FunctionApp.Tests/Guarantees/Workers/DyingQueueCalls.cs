namespace FunctionApp.Tests.Guarantees.Workers;

/// <summary>The points that only calls to the queue service mark: what the host does with a message, the engine does not see.</summary>
internal sealed class DyingQueueCalls(Death death)
{
    private const string Started = "System.Net.Http.HttpRequestOut.Start";
    private const string Ended = "System.Net.Http.HttpRequestOut.Stop";

    public void OnCall(KeyValuePair<string, object?> told)
    {
        if (told.Key is not (Started or Ended) || Request(told.Value) is not { } request)
            return;
        var path = request.RequestUri!.AbsolutePath;
        if (told.Key == Started && request.Method == HttpMethod.Delete && path.Contains("/messages/", StringComparison.Ordinal))
            death.Pass(DeathPoint.Settled);
        if (told.Key == Ended && request.Method == HttpMethod.Post && path.EndsWith("-poison/messages", StringComparison.Ordinal))
            death.Pass(DeathPoint.PoisonCopied);
    }

    // The event's own type is not public; its property is documented.
    private static HttpRequestMessage? Request(object? told) => told?.GetType().GetProperty("Request")?.GetValue(told) as HttpRequestMessage;
}
