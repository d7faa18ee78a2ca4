using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email.Templates;

public sealed class PasswordChangedTests : TemplateTests<PasswordChanged>
{
    protected override string ExpectedSubject => "Your password was changed";

    protected override string ExpectedText => """
        Hello Ada,

        The password of your account was changed. If it was you, there is nothing to do.

        If it was not you, somebody else has been in your account. Take it back with a new password, now:

        Choose a new password:
        https://app.example/account?id=17&token=a%2Bb+c==

        --
        You get this mail because the password of the account with this address was changed.
        """;
}
