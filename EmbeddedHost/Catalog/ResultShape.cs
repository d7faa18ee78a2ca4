using System.Reflection;

namespace EmbeddedHost.Catalog;

/// <summary>What of a function's result goes where.</summary>
/// <param name="HttpResult">The property that is the HTTP answer; null if the result itself is.</param>
/// <param name="AnswersHttp">Whether there is an answer in the result at all.</param>
/// <param name="Outputs">What is sent to queues.</param>
internal sealed record ResultShape(MethodInvoker? HttpResult, bool AnswersHttp, IReadOnlyList<QueueOutput> Outputs)
{
    public object? AnswerOf(object? result) => !AnswersHttp || result is null ? null : HttpResult is null ? result : HttpResult.Invoke(result);
}
