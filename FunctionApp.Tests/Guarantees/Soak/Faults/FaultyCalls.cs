namespace FunctionApp.Tests.Guarantees.Soak.Faults;

/// <summary>Lets calls to the queue service fail: the host's own, which the engine does not see, and the single tries of a send.</summary>
internal sealed class FaultyCalls(FaultSource faults)
{
    private const string Started = "System.Net.Http.HttpRequestOut.Start";
    private const string Ended = "System.Net.Http.HttpRequestOut.Stop";

    private static readonly HttpRequestOptionsKey<bool> AnswerIsLost = new("soak.answer-is-lost");

    public void OnCall(KeyValuePair<string, object?> told)
    {
        if (told.Key is not (Started or Ended) || Property<HttpRequestMessage>(told.Value, "Request") is not { } request)
            return;
        if (told.Key == Started)
            OnStart(request);
        else if (request.Options.TryGetValue(AnswerIsLost, out _) && Property<HttpResponseMessage>(told.Value, "Response") is { } response)
            Lose(response);
    }

    private void OnStart(HttpRequestMessage request)
    {
        if (!request.RequestUri!.AbsolutePath.Contains("/messages", StringComparison.Ordinal))
            return;
        var fault = faults.Draw(FaultSite.Call);
        if (fault is Fault.NotMade)
            throw new HttpRequestException("the soak let this call fail");
        if (fault is Fault.AnswerLost)
            request.Options.Set(AnswerIsLost, true);
    }

    private static void Lose(HttpResponseMessage response)
    {
        response.Dispose();
        throw new HttpRequestException("the soak lost this answer");
    }

    // The event's own type is not public; its properties are documented.
    private static T? Property<T>(object? told, string name) where T : class => told?.GetType().GetProperty(name)?.GetValue(told) as T;
}
