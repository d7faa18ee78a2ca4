using System.Text.Json;
using EmbeddedHost.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace EmbeddedHost.Http;

/// <summary>Writes what a function returned as its HTTP answer.</summary>
internal static class HttpAnswer
{
    // Names as declared: the official worker's serializer has no naming policy.
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static Task WriteAsync(EmbeddedFunctionContext context)
    {
        var http = (HttpContext)context.Event;
        if (http.RequestAborted.IsCancellationRequested)
            return Task.CompletedTask;

        return context.Function.Result.AnswerOf(context.Result) switch
        {
            // Nothing returned: an empty 200, or whatever function or middleware wrote itself.
            null => Task.CompletedTask,
            IActionResult action => action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
            IResult result => result.ExecuteAsync(http),
            string text => WriteTextAsync(http, text),
            var value => http.Response.WriteAsJsonAsync(value, value.GetType(), Json, http.RequestAborted),
        };
    }

    private static Task WriteTextAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
