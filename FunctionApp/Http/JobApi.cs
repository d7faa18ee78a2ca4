using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>What every function of the API does alike: an error that a caller should know of becomes a problem.</summary>
internal static class JobApi
{
    public static async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception e) when (Problems.Of(e, request) is { } problem)
        {
            return problem;
        }
    }
}
