namespace FunctionApp.Accounts;

/// <summary>A setting that accounts need is missing. The message is for the operator.</summary>
internal sealed class AccountsNotConfiguredException(string message) : Exception(message);
