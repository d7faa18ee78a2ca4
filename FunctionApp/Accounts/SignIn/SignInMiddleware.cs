using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Accounts.SignIn;

/// <summary>
/// Tells functions who calls them: the worker has no authentication middleware of ASP.NET Core. It refuses nobody; a function that is only for those who are signed in
/// says so itself. A request without a token costs nothing.
/// </summary>
internal sealed class SignInMiddleware : IFunctionsWorkerMiddleware
{
    private const string Bearer = "Bearer ";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && TokenOf(http.Request) is { } token)
        {
            try
            {
                http.Features.Set(await context.InstanceServices.GetRequiredService<SignInCheck>().FindAsync(token, context.CancellationToken));
            }
            catch (Exception e) when (AccountProblems.Of(e, http.Request) is { } problem)
            {
                await problem.ExecuteAsync(http);
                return;
            }
        }
        await next(context);
    }

    private static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
}
