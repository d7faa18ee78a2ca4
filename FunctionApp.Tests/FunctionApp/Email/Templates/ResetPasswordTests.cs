using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email.Templates;

public sealed class ResetPasswordTests : TemplateTests<ResetPassword>
{
    protected override string ExpectedSubject => "Choose a new password";

    protected override IReadOnlyDictionary<string, object?> Others => new Dictionary<string, object?> { [nameof(ResetPassword.ValidFor)] = TimeSpan.FromMinutes(30) };

    protected override string ExpectedText => """
        Hello Ada,

        You asked for a new password. Choose it here:

        Choose a new password:
        https://app.example/account?id=17&token=a%2Bb+c==

        The link works once, for 30 minutes. Give it to nobody: whoever has it can take your account.

        --
        You get this mail because somebody asked for a new password for the account with this address. If that was not you, do nothing: your password stays as it is.
        """;
}
