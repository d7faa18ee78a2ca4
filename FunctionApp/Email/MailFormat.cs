namespace FunctionApp.Email;

/// <summary>Which of a mail's two forms is being written. Cascades to the blocks of a template.</summary>
public enum MailFormat
{
    /// <summary>HTML.</summary>
    Html,

    /// <summary>What plain text is made of: each block is a <c>p</c>, and nothing else counts.</summary>
    Text,
}
