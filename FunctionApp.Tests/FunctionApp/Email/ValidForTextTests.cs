using FunctionApp.Email;

namespace FunctionApp.Tests.FunctionApp.Email;

public sealed class ValidForTextTests
{
    [Theory]
    [InlineData("00:00:10", "1 minute")]
    [InlineData("00:01:00", "1 minute")]
    [InlineData("00:59:59", "59 minutes")]
    [InlineData("01:00:00", "1 hour")]
    [InlineData("01:30:00", "90 minutes")]
    [InlineData("03:20:00", "3 hours")]
    [InlineData("1.00:00:00", "24 hours")]
    [InlineData("2.00:00:00", "2 days")]
    [InlineData("2.06:00:00", "54 hours")]
    public void Of_Span_IsSaidAsPeopleDo(string span, string expected) => Assert.Equal(expected, ValidForText.Of(TimeSpan.Parse(span)));
}
