using System.CommandLine;
using FunctionApp.Http;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin.Accounts;

/// <summary>The account that a verb is about.</summary>
internal static class AccountArgument
{
    public static Argument<string> Make() => new("email") { Description = "The account's e-mail address." };

    public static RefusedException NotFound(string email) =>
        new(Problems.Of(StatusCodes.Status404NotFound, "account-not-found", "Account not found", $"There is no account with the address '{email}'."));
}
