using System.Text.RegularExpressions;
using FunctionApp.Http;

namespace FunctionApp.Tests.FunctionApp.Http;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("10s", 10)]
    [InlineData("10", 10)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7_200)]
    [InlineData("7d", 604_800)]
    [InlineData("0", 0)]
    public void TryParse_NumberAndUnit_IsThatTime(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("1w")]
    [InlineData("99999999999999999999s")]
    public void TryParse_Else_IsNone(string text) => Assert.Null(DurationText.TryParse(text));

    [Fact]
    public void HttpApi_Durations_AreRead()
    {
        var shown = Regex.Match(Repository.Read("docs/http-api.md"), @"A \*duration\* is [^.]*\.").Value;
        var durations = Regex.Matches(shown, "`([^`]+)`").Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(5, durations.Length);
        Assert.All(durations, text => Assert.NotNull(DurationText.TryParse(text)));
    }
}
