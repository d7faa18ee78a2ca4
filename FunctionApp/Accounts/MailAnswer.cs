using Microsoft.AspNetCore.Http;

namespace FunctionApp.Accounts;

/// <summary>202 to who asked for a mail: the same to everyone.</summary>
internal static class MailAnswer
{
    public static IResult Sent(string message) => Results.Json(new { Message = message }, statusCode: StatusCodes.Status202Accepted);
}
