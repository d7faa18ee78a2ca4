using EmbeddedHost.Catalog;
using EmbeddedHost.Invocation;
using EmbeddedHost.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http;

/// <summary>The endpoints of HTTP functions.</summary>
internal sealed class HttpFunctions(FunctionCatalog catalog, FunctionExecutor executor, KeyCheck check)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (function, trigger) in catalog.Enabled<HttpTriggerEntry>())
        {
            RequestDelegate run = http => RunAsync(function, http);
            if (trigger.Level != AuthorizationLevel.Anonymous)
                run = check.Before(run);

            var endpoint = trigger.Methods.Count == 0
                ? routes.Map(trigger.Pattern, run)
                : routes.MapMethods(trigger.Pattern.RawText!, trigger.Methods, run);
            endpoint.WithDisplayName($"Function.{function.Name}");
        }

        // Answers every method, so that a wrong one on a known route is a 404, as on the stock host, and not ASP.NET Core's 405.
        routes.Map("/{**path}", NotFound).WithDisplayName("Nothing here").WithOrder(int.MaxValue);
    }

    private async Task RunAsync(FunctionEntry function, HttpContext http)
    {
        var data = new TriggerData(http.Request.RouteValues);
        var outcome = await executor.RunAsync(function, http, data, http.RequestServices, HttpAnswer.WriteAsync, http.RequestAborted);
        if (outcome.Succeeded)
            return;

        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
