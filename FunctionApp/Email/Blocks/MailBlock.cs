using Microsoft.AspNetCore.Components;

namespace FunctionApp.Email.Blocks;

/// <summary>A piece of a mail that knows both forms.</summary>
public abstract class MailBlock : ComponentBase
{
    /// <summary>The form that is being written.</summary>
    [CascadingParameter]
    public MailFormat Format { get; set; }

    /// <summary>Whether plain text is being written.</summary>
    protected bool IsText => Format == MailFormat.Text;
}
