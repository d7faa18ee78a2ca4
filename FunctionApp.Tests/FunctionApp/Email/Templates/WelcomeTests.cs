using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email.Templates;

public sealed class WelcomeTests : TemplateTests<Welcome>
{
    protected override string ExpectedSubject => "Your account is ready";

    protected override string ExpectedText => """
        Hello Ada,

        Your address is confirmed and your account is ready. Good to have you here.

        Sign in:
        https://app.example/account?id=17&token=a%2Bb+c==

        --
        You get this mail once, because you have confirmed this address.
        """;
}
