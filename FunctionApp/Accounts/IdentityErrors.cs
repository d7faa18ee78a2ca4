using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts;

/// <summary>What Identity refuses although the forms let it pass is a defect, or somebody else's change at the same moment.</summary>
internal static class IdentityErrors
{
    /// <exception cref="AccountChangedException">Somebody else changed the account meanwhile.</exception>
    /// <exception cref="InvalidOperationException">Anything else.</exception>
    public static void ThrowIfFailed(IdentityResult result)
    {
        if (result.Succeeded)
            return;
        if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            throw new AccountChangedException();
        throw new InvalidOperationException($"Identity refused a change: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
    }
}
