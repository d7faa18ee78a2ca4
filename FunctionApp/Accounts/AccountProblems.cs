using System.Data.Common;
using System.Globalization;
using FunctionApp.Accounts.Database;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Limits;
using FunctionApp.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FunctionApp.Accounts;

/// <summary>The errors of accounts, as problem details. They say nothing that tells who has an account.</summary>
internal static class AccountProblems
{
    /// <summary>The problem that an error is to a caller; null if it is none of theirs.</summary>
    public static IResult? Of(Exception error, HttpRequest request) => error switch
    {
        BadFormException e => Problems.Of(StatusCodes.Status400BadRequest, "invalid-form", "Invalid form", "Some fields cannot be taken as they are.", new() { ["errors"] = e.Errors }),
        TooManyTriesException e => TooManyTries(e, request),
        AccountChangedException e => Problems.Of(StatusCodes.Status409Conflict, "account-changed", "Account changed", $"{e.Message} Nothing was changed here. Try again."),
        DatabaseNotReadyException or AccountsNotConfiguredException => Unavailable("Accounts are not set up on this server. Its log says what is missing."),
        DbException => Outage(request),
        // EF Core wraps what its provider threw, and Data Protection what EF Core did.
        { InnerException: { } cause } => Of(cause, request),
        _ => null,
    };

    /// <summary>Whether the database is what an error comes from, however deep.</summary>
    public static bool IsOutage(Exception? error) => error is DbException or DatabaseNotReadyException || (error is not null && IsOutage(error.InnerException));

    /// <summary>A link that was used, that is too old, that a newer one replaced, or that was never made.</summary>
    public static IResult BadLink() => Problems.Of(
        StatusCodes.Status400BadRequest, "link-not-valid", "Link not valid", "The link was used before, or it is too old, or a newer one was sent. Ask for a new mail.");

    public static IResult WrongPassword(HttpRequest request) => Unauthorized(
        request, "sign-in-refused", "Sign-in refused", "There is no account with this address and password, or it is locked for a while after too many wrong passwords.");

    public static IResult NotConfirmed() => Problems.Of(
        StatusCodes.Status403Forbidden, "address-not-confirmed", "Address not confirmed", "Follow the link in the mail that was sent to this address first, or ask for a new one.");

    public static IResult NotSignedIn(HttpRequest request) => Unauthorized(
        request, "not-signed-in", "Not signed in", "Sign in, and send the token in the header Authorization: Bearer. It may have expired, or all sign-ins of the account were ended.");

    private static IResult Unauthorized(HttpRequest request, string type, string title, string detail)
    {
        request.HttpContext.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Problems.Of(StatusCodes.Status401Unauthorized, type, title, detail);
    }

    private static IResult TooManyTries(TooManyTriesException e, HttpRequest request)
    {
        var seconds = Math.Max(1, Math.Ceiling(e.RetryAfter.TotalSeconds));
        request.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-tries", "Too many tries", string.Create(CultureInfo.InvariantCulture, $"Try again in {seconds:N0} seconds."));
    }

    private static IResult Outage(HttpRequest request)
    {
        Problems.RetryLater(request);
        return Unavailable("The database of accounts does not answer. Nothing was changed. Try again later.");
    }

    private static IResult Unavailable(string detail) => Problems.Of(StatusCodes.Status503ServiceUnavailable, "accounts-unavailable", "Accounts unavailable", detail);
}
