namespace FunctionApp.Accounts;

/// <summary>An account was changed by two requests at once; this one changed nothing.</summary>
internal sealed class AccountChangedException() : Exception("The account was changed by another request at the same time.");
