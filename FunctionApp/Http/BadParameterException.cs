namespace FunctionApp.Http;

/// <summary>A query parameter or header cannot be used.</summary>
/// <param name="parameter">Its name, as it was sent.</param>
/// <param name="message">What is wrong, and what it takes.</param>
internal sealed class BadParameterException(string parameter, string message) : Exception(message)
{
    public string Parameter { get; } = parameter;
}
