using EmbeddedHost.Invocation;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>Counts requests among what a stop waits for, until their answers are written.</summary>
internal sealed class RunningRequests(RunningInvocations running)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        using var one = running.Begin();
        await next(http);
    }
}
