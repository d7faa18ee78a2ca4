namespace FunctionApp.Accounts;

/// <summary>What the fields of an account take.</summary>
internal static class AccountLimits
{
    public const int LongestName = 100;

    // NIST SP 800-63B-4: length and nothing else; the upper bound keeps hashing cheap.
    public const int ShortestPassword = 10;
    public const int LongestPassword = 128;

    // Three times what the token providers make.
    public const int LongestToken = 1_000;

    /// <summary>More than any form takes, in bytes.</summary>
    public const int LongestForm = 16 * 1024;
}
