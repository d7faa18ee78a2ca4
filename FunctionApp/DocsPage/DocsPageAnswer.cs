using System.Security.Cryptography;
using System.Text;
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
        var styles = Read("styles.css");
        var scripts = string.Join('\n', ScriptFiles.Select(name => Read($"{name}.js")));
        var html = Read("page.html").Replace("/*styles*/", styles, StringComparison.Ordinal).Replace("/*scripts*/", scripts, StringComparison.Ordinal);
        return (html, $"default-src 'none'; style-src {Hash(styles)}; script-src {Hash(scripts)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'");
    }

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    // A checkout may have other line ends; a browser hashes what it reads, with these.
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(DocsPageAnswer).Assembly.GetManifestResourceStream($"DocsPage/{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
