namespace FunctionApp.Accounts.SignIn;

/// <summary>What came of a sign-in.</summary>
public abstract record SignInResult
{
    private SignInResult()
    {
    }

    /// <summary>A token, and how long it is good for.</summary>
    public sealed record Done(string Token, TimeSpan Lifetime) : SignInResult;

    /// <summary>The password is right, the address is not confirmed yet.</summary>
    public sealed record NotConfirmed : SignInResult;

    /// <summary>No more is said.</summary>
    public sealed record Refused : SignInResult;
}
