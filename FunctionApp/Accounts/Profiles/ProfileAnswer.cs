using Microsoft.AspNetCore.Http;

namespace FunctionApp.Accounts.Profiles;

/// <summary>200 with a profile, as its owner sees it.</summary>
internal static class ProfileAnswer
{
    public static IResult Of(Profile profile) => Results.Json(new { profile.Id, profile.Email, profile.Name, profile.RegisteredAt });
}
