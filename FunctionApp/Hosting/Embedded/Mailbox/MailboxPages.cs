using System.Text;
using FunctionApp.Hosting.Mailbox.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>The mailbox for people. No page of it runs a script, and a mail is shown in a frame that may do nothing but be read and clicked.</summary>
internal sealed class MailboxPages(MailboxFolder folder, TimeProvider time, IServiceProvider services, ILoggerFactory loggers)
{
    // Styles within a mail are what mails are made of; the frame is not of this origin, and loads nothing.
    private const string MailPolicy =
        $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox {MailFrame.Sandbox}";

    public async Task ListAsync(HttpContext http) => await WriteAsync<MailList>(http, new()
    {
        [nameof(MailList.Mails)] = await folder.ListAsync(http.RequestAborted),
        [nameof(MailList.Folder)] = folder.Location,
        [nameof(MailList.Time)] = time,
    });

    /// <summary>A mail in its frame; with <c>?show=text</c> its plain text.</summary>
    public async Task MailAsync(HttpContext http, string id)
    {
        var mail = await FindAsync(http, id);
        if (mail is null)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        await WriteAsync<OpenMail>(http, new()
        {
            [nameof(OpenMail.Mail)] = mail,
            [nameof(OpenMail.ShowsText)] = http.Request.Query["show"] == "text",
            [nameof(OpenMail.Time)] = time,
        });
    }

    /// <summary>What the frame holds.</summary>
    public async Task HtmlAsync(HttpContext http, string id)
    {
        if (await FindAsync(http, id) is not { } mail)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        http.Response.Headers.ContentSecurityPolicy = MailPolicy;
        await WriteAsync(http, MailFrame.Content(mail.Html));
    }

    private async Task<MailboxMail?> FindAsync(HttpContext http, string id) =>
        Guid.TryParseExact(id, "D", out var parsed) ? await folder.FindAsync(parsed, http.RequestAborted) : null;

    private async Task WriteAsync<TPage>(HttpContext http, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        http.Response.Headers.ContentSecurityPolicy = MailboxStyles.Policy;
        await WriteAsync(http, html);
    }

    private static Task WriteAsync(HttpContext http, string html)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(html, Encoding.UTF8, http.RequestAborted);
    }
}
