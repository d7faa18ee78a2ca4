namespace FunctionApp.Accounts.Limits;

/// <summary>How often something may be tried within a time.</summary>
/// <param name="Name">What is counted: limits of other names count apart.</param>
/// <param name="Permits">How often.</param>
/// <param name="Window">The time; it begins with the first try.</param>
public sealed record RateLimit(string Name, int Permits, TimeSpan Window);
