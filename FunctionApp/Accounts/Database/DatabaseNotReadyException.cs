namespace FunctionApp.Accounts.Database;

/// <summary>The database is not set up. The message is for the operator.</summary>
internal sealed class DatabaseNotReadyException(string message) : Exception(message);
