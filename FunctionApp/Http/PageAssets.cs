using System.Security.Cryptography;
using System.Text;

namespace FunctionApp.Http;

/// <summary>What the app's pages are made of: text that was compiled into this assembly, and the policies that let a browser take that text and nothing else.</summary>
internal static class PageAssets
{
    // A checkout may have other line ends; a browser hashes what it reads, with these.
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>For a page with styles and scripts of its own that asks the functions beside it.</summary>
    public static string Policy(string styles, string scripts) =>
        $"default-src 'none'; style-src {Hash(styles)}; script-src {Hash(scripts)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    /// <summary>How a policy names an inlined text.</summary>
    public static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
}
