namespace FunctionApp.Accounts.Administration;

/// <summary>
/// A lock that an operator has put on an account. It is the same date that wrong passwords set, only further ahead than they ever set it: that tells them apart, without
/// a column more. A new password lifts the lock of wrong passwords, and not an operator's; of that only the last <see cref="AccountOptions.LockedFor"/> looks like the
/// other, and may so end that much early.
/// </summary>
internal static class OperatorLock
{
    /// <summary>Longer is for ever.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    public static readonly DateTimeOffset ForEver = DateTimeOffset.MaxValue;

    /// <param name="end">When the account's lock ends.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">How long wrong passwords lock.</param>
    public static bool Is(DateTimeOffset? end, DateTimeOffset now, AccountOptions options) => end - now > options.LockedFor;
}
