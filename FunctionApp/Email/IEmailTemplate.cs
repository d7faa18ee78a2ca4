using Microsoft.AspNetCore.Components;

namespace FunctionApp.Email;

/// <summary>
/// A mail as a Razor component, written once for both of its forms. Parameters that it cannot do without are marked with <see cref="EditorRequiredAttribute"/>.
/// </summary>
public interface IEmailTemplate : IComponent
{
    /// <summary>The subject, the same for everyone: nothing that a person typed gets into a header.</summary>
    static abstract string Subject { get; }
}
