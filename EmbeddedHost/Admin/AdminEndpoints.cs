using System.Text.Json;
using EmbeddedHost.Catalog;
using EmbeddedHost.Http;
using EmbeddedHost.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EmbeddedHost.Admin;

/// <summary>The paths below <c>/admin</c>, as far as a developer uses them. Only for this machine: they run any function, which no function key stands for.</summary>
internal sealed class AdminEndpoints(EmbeddedHostInfo info, FunctionCatalog catalog, ManualRuns runs, KeyCheck check, TimeProvider clock)
{
    private readonly DateTimeOffset created = clock.GetUtcNow();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/functions", check.Before(ListAsync));
        routes.MapGet("/admin/host/status", check.Before(StatusAsync));
        routes.MapPost("/admin/functions/{name}", check.Before(RunAsync));
    }

    private Task ListAsync(HttpContext http) => http.Response.WriteAsJsonAsync(
        info.Functions.Select(f => new { f.Name, Trigger = $"{f.Trigger}", f.Methods, f.Url, f.Queue, f.Schedule, f.Disabled }),
        http.RequestAborted);

    private Task StatusAsync(HttpContext http) => http.Response.WriteAsJsonAsync(
        new { State = "Running", ProcessUptime = (long)(clock.GetUtcNow() - created).TotalMilliseconds },
        http.RequestAborted);

    private async Task RunAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        if (catalog.Find(name) is not { } function)
        {
            await Problem.WriteAsync(http, StatusCodes.Status404NotFound, $"There is no function '{name}'. GET /admin/functions lists them.");
            return;
        }

        if (function.Trigger.Kind == TriggerKind.Http)
        {
            await Problem.WriteAsync(http, StatusCodes.Status400BadRequest, $"Function '{name}' is an HTTP function: call its own address.");
            return;
        }

        string input;
        try
        {
            input = await ReadInputAsync(http);
        }
        catch (JsonException)
        {
            await Problem.WriteAsync(http, StatusCodes.Status400BadRequest, "The body is not JSON; it takes {\"input\": …}, where the input is the queue message.");
            return;
        }

        runs.Start(function, input);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static async Task<string> ReadInputAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("input", out var input) ? input.ToString() : "";
    }
}
