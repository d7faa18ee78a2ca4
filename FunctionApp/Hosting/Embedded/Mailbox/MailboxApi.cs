using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>The mailbox for tests.</summary>
internal sealed class MailboxApi(MailboxFolder folder)
{
    /// <summary>The newest first; with <c>?to=</c> those to that address.</summary>
    public async Task ListAsync(HttpContext http)
    {
        var to = http.Request.Query["to"].ToString();
        var mails = await folder.ListAsync(http.RequestAborted);
        await WriteAsync(http, mails
            .Where(mail => to.Length == 0 || mail.To.Equals(to, StringComparison.OrdinalIgnoreCase))
            .Select(mail => new { mail.Id, mail.To, mail.Subject, mail.Sent, mail.Key }));
    }

    public async Task MailAsync(HttpContext http, string id)
    {
        if (!Guid.TryParseExact(id, "D", out var parsed) || await folder.FindAsync(parsed, http.RequestAborted) is not { } mail)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await WriteAsync(http, new { mail.Id, mail.To, mail.From, mail.Subject, mail.Sent, mail.Key, Links = mail.Links(), mail.Text, mail.Html });
    }

    public Task DeleteAsync(HttpContext http)
    {
        folder.DeleteAll();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task WriteAsync<T>(HttpContext http, T answer) => http.Response.WriteAsJsonAsync(answer, MailboxJson.Options, http.RequestAborted);
}
