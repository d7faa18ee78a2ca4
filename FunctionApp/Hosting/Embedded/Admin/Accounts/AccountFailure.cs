using System.Data.Common;
using FunctionApp.Accounts;
using FunctionApp.Accounts.Database;
using FunctionApp.Accounts.Forms;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin.Accounts;

/// <summary>The errors of accounts and their database, to an operator: who learns more than a caller does.</summary>
internal static class AccountFailure
{
    /// <returns>Null for what is none of them.</returns>
    public static VerbFailure? Of(Exception error) => error switch
    {
        DatabaseNotReadyException => VerbFailure.NotSetUp("database-not-ready", "Database not ready", error.Message),
        BadFormException e => VerbFailure.Refused(Problem(e), [.. e.Errors.SelectMany(field => field.Value.Select(wrong => $"{field.Key}: {wrong}"))]),
        AccountChangedException e => VerbFailure.Refused(Problem(e), []),
        DbException e => OfDatabase(e),
        { InnerException: DbException e } => OfDatabase(e),
        _ => null,
    };

    private static IResult Problem(Exception error) => AccountProblems.Of(error, new DefaultHttpContext().Request)!;

    // A server that gives a code has answered. None of these messages has the connection string.
    private static VerbFailure OfDatabase(DbException error) => error is { SqlState: not null, IsTransient: false }
        ? VerbFailure.NotSetUp("database-refused", "Refused by the database", $"The database refuses it: {error.Message}")
        : VerbFailure.Unreachable("database-unavailable", $"The database does not answer: {error.GetBaseException().Message}", []);
}
