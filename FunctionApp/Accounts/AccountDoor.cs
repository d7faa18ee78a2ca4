using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Limits;
using FunctionApp.Hosting;
using FunctionApp.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts;

/// <summary>What every function of accounts does alike: it counts the caller's tries, reads a form, and makes problems of errors.</summary>
public sealed partial class AccountDoor(RateLimiter limiter, IOptions<AccountOptions> options, ILogger<AccountDoor> logger)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Answers one try of a caller with a form.</summary>
    internal Task<IResult> TryAsync<TForm>(HttpRequest request, Func<TForm, Task<IResult>> answer, CancellationToken cancellation) where TForm : new() => AnswerAsync(request, async () =>
    {
        await limiter.CountAsync(new("address", options.Value.RequestsPerAddress, Window), CallerAddress.Of(request), cancellation);
        var body = await JsonBody.ReadAsync(request, AccountLimits.LongestForm, maxDepth: 4, cancellation, ", more than any form takes.");
        return await answer(FormReader.Read<TForm>(body));
    });

    /// <summary>Answers without counting.</summary>
    internal async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> answer)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await JobApi.AnswerAsync(request, answer);
        }
        catch (Exception e) when (AccountProblems.Of(e, request) is { } problem)
        {
            if (problem is IStatusCodeHttpResult { StatusCode: StatusCodes.Status503ServiceUnavailable })
                LogUnavailable(e.InnerException?.Message ?? e.Message);
            return problem;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Accounts are unavailable: {Error}")]
    private partial void LogUnavailable(string error);
}
