using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email.Templates;

public sealed class AddressInUseTests : TemplateTests<AddressInUse>
{
    protected override string ExpectedSubject => "You already have an account";

    protected override string ExpectedText => """
        Hello Ada,

        Somebody, perhaps you, wanted to make an account with this address. You have one already, so nothing was made or changed.

        If it was you and you no longer know your password, choose a new one:

        Choose a new password:
        https://app.example/account?id=17&token=a%2Bb+c==

        If it was not you, there is nothing to do.

        --
        You get this mail because somebody entered this address to make an account. Whoever it was has not been told that you have one.
        """;
}
