using FunctionApp.Email;

namespace FunctionApp.Tests.FunctionApp.Email;

public sealed class EmailMessageTests
{
    private static readonly EmailAddress Ada = Addresses.Of("ada@example.com");

    [Theory]
    [InlineData("Hello")]
    [InlineData("Grüße, 日本 🌿")]
    public void Subject_OneLine_IsTaken(string subject) => Assert.Equal(subject, new EmailMessage(Ada, subject, "<p>", "text").Subject);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Hello\r\nBcc: eve@example.com")]
    [InlineData("Hello\n")]
    [InlineData("Hello\rthere")]
    [InlineData("Hello\0")]
    [InlineData("Hello\u0085Bcc: eve@example.com")]
    [InlineData("Hello\u2028there")]
    [InlineData("Hello\u2029there")]
    [InlineData("Hello\tthere")]
    [InlineData("Hello\u007f")]
    public void Subject_CouldBeginAnotherHeader_IsRefused(string subject) =>
        Assert.Equal("subject", Assert.Throws<ArgumentException>(() => new EmailMessage(Ada, subject, "<p>", "text")).ParamName);

    [Fact]
    public void Subject_Over200Characters_IsRefused()
    {
        Assert.Equal(200, new EmailMessage(Ada, new('s', 200), "<p>", "text").Subject.Length);
        Assert.Contains("201", Assert.Throws<ArgumentException>(() => new EmailMessage(Ada, new('s', 201), "<p>", "text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_WithoutAnAddressOrOneOfItsForms_IsRefused()
    {
        Assert.Equal("to", Assert.Throws<ArgumentException>(() => new EmailMessage(default, "s", "<p>", "text")).ParamName);
        Assert.Equal("html", Assert.Throws<ArgumentException>(() => new EmailMessage(Ada, "s", "", "text")).ParamName);
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => new EmailMessage(Ada, "s", "<p>", " ")).ParamName);
    }
}
