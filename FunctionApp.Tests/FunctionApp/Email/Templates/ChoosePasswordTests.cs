using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email.Templates;

public sealed class ChoosePasswordTests : TemplateTests<ChoosePassword>
{
    protected override string ExpectedSubject => "Choose the password of your account";

    protected override IReadOnlyDictionary<string, object?> Others => new Dictionary<string, object?> { [nameof(ChoosePassword.ValidFor)] = TimeSpan.FromHours(1) };

    protected override string ExpectedText => """
        Hello Ada,

        An account was made with this address more than once, perhaps by you, perhaps not by you alone. So none of the passwords counts: choose the one that shall, and the address is confirmed with it.

        Choose the password:
        https://app.example/account?id=17&token=a%2Bb+c==

        The link works once, for 1 hour. Links that were sent before work no longer.

        --
        You get this mail because this address was used more than once to make an account. If that was not you, do nothing: without the click there is no account.
        """;
}
