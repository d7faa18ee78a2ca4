using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email.Templates;

public sealed class ConfirmAddressTests : TemplateTests<ConfirmAddress>
{
    protected override string ExpectedSubject => "Confirm your e-mail address";

    protected override IReadOnlyDictionary<string, object?> Others => new Dictionary<string, object?> { [nameof(ConfirmAddress.ValidFor)] = TimeSpan.FromDays(1) };

    protected override string ExpectedText => """
        Hello Ada,

        Please confirm that this address is yours. Then your account is ready.

        Confirm the address:
        https://app.example/account?id=17&token=a%2Bb+c==

        The link works once, for 24 hours.

        --
        You get this mail because this address was used to make an account. If that was not you, do nothing: without the click there is no account.
        """;
}
