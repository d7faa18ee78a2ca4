using FsCheck;
using FsCheck.Fluent;
using FunctionApp.Email;

namespace FunctionApp.Tests.FunctionApp.Email;

public sealed class EmailAddressTests
{
    // What a browser's own rule allows beyond letters and digits.
    private const string LocalPartSigns = ".!#$%&'*+/=?^_`{|}~-";

    private static readonly char[] NeverAllowed = ['\r', '\n', '\0', '\t', ' ', '"', '<', '>', '(', ')', ',', ';', ':', '\\', '[', ']', '\u007f', '\u0085', '\u2028', '\u200b', 'ä', '＠'];

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("Ada.Lovelace+jobs@Example.COM")]
    [InlineData("a@b")]
    [InlineData("!#$%&'*+/=?^_`{|}~-.@x.y")]
    [InlineData("a..b@example.com")]
    [InlineData("ada@xn--bcher-kva.example")]
    public void TryParse_Address_IsKeptAsGiven(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal((text, text), (address.Text, address.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData(" ada@example.com")]
    [InlineData("ada@example.com ")]
    [InlineData("ada@example.com\n")]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("ada\r\n@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("<ada@example.com>")]
    [InlineData("\"ada\"@example.com")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("ada(comment)@example.com")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@example..com")]
    [InlineData("ada@.example.com")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example-.com")]
    [InlineData("ada@exam_ple.com")]
    [InlineData("ädä@example.com")]
    [InlineData("ada@exämple.com")]
    [InlineData("ada＠example.com")]
    [InlineData("ada@example.com\0")]
    [InlineData("ada@example。com")]
    [InlineData("аda@example.com")]
    public void TryParse_SomethingElse_IsNone(string? text)
    {
        Assert.False(EmailAddress.TryParse(text, out var address));
        Assert.Equal(default, address);
    }

    [Theory]
    [InlineData(64, 100, true)]
    [InlineData(65, 100, false)]
    [InlineData(64, 254, true)]
    [InlineData(64, 255, false)]
    public void TryParse_Lengths_HaveLimits(int localPart, int all, bool expected)
    {
        var domain = string.Concat(Enumerable.Repeat(new string('d', 49) + ".", 5))[..(all - localPart - 1)];
        Assert.Equal(expected, EmailAddress.TryParse($"{new string('a', localPart)}@{domain.TrimEnd('.').PadRight(domain.Length, 'e')}", out _));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void TryParse_LabelsOfTheHost_HaveALimit(int characters, bool expected) =>
        Assert.Equal(expected, EmailAddress.TryParse($"a@{new string('d', characters)}.example", out _));

    [Fact]
    public void TryParse_AnythingPutIntoAnAddress_IsNone() => Prop.ForAll(
        Gen.Zip(Gen.Elements(NeverAllowed), Gen.Choose(0, "ada@example.com".Length)).ToArbitrary(),
        put => !EmailAddress.TryParse("ada@example.com".Insert(put.Item2, $"{put.Item1}"), out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_AnyText_IsAnAddressOnlyIfNothingInItCouldEndALine() => Prop.ForAll<string?>(
        text => !EmailAddress.TryParse(text, out var address)
            || (address.Text == text && text.Length <= 254 && text.Split('@') is [{ Length: > 0 and <= 64 } local, { Length: > 0 } host]
                && local.All(c => char.IsAsciiLetterOrDigit(c) || LocalPartSigns.Contains(c, StringComparison.Ordinal))
                && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))).QuickCheckThrowOnFailure();
}
