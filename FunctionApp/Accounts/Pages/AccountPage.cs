using System.Text;
using FunctionApp.Http;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Accounts.Pages;

/// <summary>One page, in one answer with its styles and scripts. A browser runs nothing in it but what was compiled into this app.</summary>
/// <param name="name">Of its own content and script.</param>
/// <param name="title">Until the script sets that of the view.</param>
/// <param name="scripts">Those between what all pages have and its own. What stands first is used by what follows.</param>
internal sealed class AccountPage(string name, string title, params string[] scripts)
{
    private static readonly string[] CommonScripts = ["request", "views", "form"];

    private readonly Lazy<(string Html, string Policy)> page = new(() => Make(name, title, scripts));

    public IResult For(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = page.Value.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(page.Value.Html, "text/html", Encoding.UTF8);
    }

    private static (string Html, string Policy) Make(string name, string title, string[] scripts)
    {
        // One palette for all pages of the app.
        var styles = $"{PageAssets.Read("DocsPage/styles.css")}\n{PageAssets.Read("AccountPages/styles.css")}";
        var script = string.Join('\n', CommonScripts.Concat(scripts).Append(name).Select(file => PageAssets.Read($"AccountPages/{file}.js")));
        var html = PageAssets.Read("AccountPages/frame.html")
            .Replace("<!--title-->", title, StringComparison.Ordinal)
            .Replace("<!--content-->", PageAssets.Read($"AccountPages/{name}.html"), StringComparison.Ordinal)
            .Replace("/*styles*/", styles, StringComparison.Ordinal)
            .Replace("/*scripts*/", script, StringComparison.Ordinal);
        return (html, PageAssets.Policy(styles, script));
    }
}
