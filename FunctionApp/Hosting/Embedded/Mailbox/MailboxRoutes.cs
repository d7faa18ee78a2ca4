using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>What is below <c>/mailbox</c>.</summary>
internal sealed class MailboxRoutes(MailboxPages pages, MailboxApi api)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (!MailboxGuard.IsLocal(http))
            return StatusAsync(http, StatusCodes.Status404NotFound);
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!reads && MailboxGuard.IsFromAnotherSite(request))
            return StatusAsync(http, StatusCodes.Status403Forbidden);

        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return ((request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries), reads) switch
        {
            ([], true) => pages.ListAsync(http),
            ([var id], true) => pages.MailAsync(http, id),
            ([var id, "html"], true) => pages.HtmlAsync(http, id),
            (["api", "mails"], true) => api.ListAsync(http),
            (["api", "mails"], false) when HttpMethods.IsDelete(request.Method) => api.DeleteAsync(http),
            (["api", "mails", var id], true) => api.MailAsync(http, id),
            _ => StatusAsync(http, StatusCodes.Status404NotFound),
        };
    }

    private static Task StatusAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
