namespace FunctionApp.Tests.Lovage.Model;

/// <summary>The store is not what its reference says.</summary>
internal sealed class DisagreementException(string difference) : Exception(difference);
