using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Accounts.Pages;

/// <summary>One page, in one answer with its styles and scripts. A browser runs nothing in it but what was compiled into this app.</summary>
internal sealed class AccountPage(string name)
{
    private readonly Lazy<(string Html, string Policy)> page = new(() => Make(name));

    public IResult For(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = page.Value.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(page.Value.Html, "text/html", Encoding.UTF8);
    }

    private static (string Html, string Policy) Make(string name)
    {
        var styles = Read("styles.css");
        // What stands first is used by what follows.
        var scripts = $"{Read("form.js")}\n{Read($"{name}.js")}";
        var html = Read("frame.html").Replace("<!--content-->", Read($"{name}.html"), StringComparison.Ordinal)
            .Replace("/*styles*/", styles, StringComparison.Ordinal).Replace("/*scripts*/", scripts, StringComparison.Ordinal);
        return (html, $"default-src 'none'; style-src {Hash(styles)}; script-src {Hash(scripts)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'");
    }

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    // A checkout may have other line ends; a browser hashes what it reads, with these.
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(AccountPage).Assembly.GetManifestResourceStream($"AccountPages/{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
