using System.Security.Cryptography;
using System.Text;
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
        var styles = $"{Read("DocsPage/styles.css")}\n{Read("AccountPages/styles.css")}";
        var script = string.Join('\n', CommonScripts.Concat(scripts).Append(name).Select(file => Read($"AccountPages/{file}.js")));
        var html = Read("AccountPages/frame.html")
            .Replace("<!--title-->", title, StringComparison.Ordinal)
            .Replace("<!--content-->", Read($"AccountPages/{name}.html"), StringComparison.Ordinal)
            .Replace("/*styles*/", styles, StringComparison.Ordinal)
            .Replace("/*scripts*/", script, StringComparison.Ordinal);
        return (html, $"default-src 'none'; style-src {Hash(styles)}; script-src {Hash(script)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'");
    }

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    // A checkout may have other line ends; a browser hashes what it reads, with these.
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(AccountPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
