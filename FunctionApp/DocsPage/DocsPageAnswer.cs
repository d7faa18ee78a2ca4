using System.Text;
using FunctionApp.Http;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.DocsPage;

/// <summary>
/// The page that shows the API's document, in one answer with its styles and scripts: more requests would each need the key, in an address. A browser
/// runs nothing in it but what was compiled into this app.
/// </summary>
internal static class DocsPageAnswer
{
    // Each uses what stands before it.
    private static readonly string[] ScriptFiles = ["elements", "schema", "request", "trial", "operations", "main"];

    private static readonly Lazy<(string Html, string Policy)> Page = new(Make);

    public static IResult For(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Page.Value.Policy;
        headers.XContentTypeOptions = "nosniff";
        // Its address may hold a key: nothing keeps it, and it is told to nobody.
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        return Results.Content(Page.Value.Html, "text/html", Encoding.UTF8);
    }

    private static (string Html, string Policy) Make()
    {
        var styles = PageAssets.Read("DocsPage/styles.css");
        var scripts = string.Join('\n', ScriptFiles.Select(name => PageAssets.Read($"DocsPage/{name}.js")));
        var html = PageAssets.Read("DocsPage/page.html").Replace("/*styles*/", styles, StringComparison.Ordinal).Replace("/*scripts*/", scripts, StringComparison.Ordinal);
        return (html, PageAssets.Policy(styles, scripts));
    }
}
