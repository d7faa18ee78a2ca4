using System.Web;

namespace FunctionApp.Tests.FunctionApp.Accounts;

/// <summary>A link of a mail. What opens the account stands behind the #.</summary>
internal sealed record AccountLink(Uri Url, string? User, string? Token)
{
    public static AccountLink Of(string link)
    {
        var url = new Uri(link);
        var secret = HttpUtility.ParseQueryString(url.Fragment.TrimStart('#'));
        return new(url, secret["user"], secret["token"]);
    }
}
