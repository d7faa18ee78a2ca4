namespace FunctionApp.Accounts.Forms;

/// <summary>A form cannot be taken.</summary>
internal sealed class BadFormException(IReadOnlyDictionary<string, string[]> errors) : Exception("The form is not filled in as it should be.")
{
    public BadFormException(string field, string error) : this(new Dictionary<string, string[]> { [field] = [error] })
    {
    }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;
}
