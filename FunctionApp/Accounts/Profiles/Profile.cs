namespace FunctionApp.Accounts.Profiles;

/// <summary>What an account's owner sees of it.</summary>
/// <param name="Id">The account.</param>
/// <param name="Email">The address.</param>
/// <param name="Name">How they want to be called.</param>
/// <param name="RegisteredAt">Since when.</param>
/// <param name="Version">Changes with every change of the account.</param>
public sealed record Profile(Guid Id, string Email, string Name, DateTimeOffset RegisteredAt, string Version);
