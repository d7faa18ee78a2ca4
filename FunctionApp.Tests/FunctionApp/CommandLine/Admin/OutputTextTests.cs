using FunctionApp.Hosting.Admin.Output;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

public sealed class OutputTextTests
{
    [Theory]
    [InlineData(0.5, "now")]
    [InlineData(-0.5, "now")]
    [InlineData(59.9, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(7_199, "1 h ago")]
    [InlineData(172_800, "2 days ago")]
    [InlineData(-10, "in 10 s")]
    public void Relative_Seconds_AreTheLargestUnitReached(double ago, string expected) =>
        Assert.Equal(expected, TimeSpanText.Relative(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(ago)));

    [Theory]
    [InlineData("a\e[2Jb\r\nc\td\u009be", "a·[2Jb c·d·e")]
    [InlineData("Zürich", "Zürich")]
    public void OneLine_ControlCharacters_AreShownAsDots(string text, string expected) => Assert.Equal(expected, PlainText.OneLine(text));

    [Fact]
    public void Short_TooLong_IsCut() => Assert.Equal("abc…", PlainText.Short("abcde", 4));

    [Fact]
    public void Json_LettersAndControlCharacters_AreLettersAndEscapes() => Assert.Equal("\"Zürich \\u001B\"", JsonText.Of("\"Z\\u00fcrich \\u001b\""u8.ToArray()));
}
