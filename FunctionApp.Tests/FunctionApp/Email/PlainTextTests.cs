using FunctionApp.Email;

namespace FunctionApp.Tests.FunctionApp.Email;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("<p>One</p>\n\n  <p>Two</p>", "One\n\nTwo\n")]
    [InlineData("outside <p>\n    One\n    line\n</p> outside", "One line\n")]
    [InlineData("<p>A label:<br>https://app.example/?a=1&amp;b=&#x2B;<br />end</p>", "A label:\nhttps://app.example/?a=1&b=+\nend\n")]
    [InlineData("<p>Some <strong class=\"x\">words</strong></p><p> </p><p><br></p>", "Some words\n")]
    [InlineData("<p>&lt;b&gt; &amp;lt; gr&#xFC;&#xDF;e</p>", "<b> &lt; grüße\n")]
    [InlineData("<p>Ada&#xD;&#xA;&#xA;Pay now&#x2028;here&#x0;</p>", "Ada Pay now here\n")]
    [InlineData("<p>&lt;/p&gt;&lt;p&gt;Pay now</p>", "</p><p>Pay now\n")]
    public void Of_Rendered_IsTidyAndBeginsLinesOnlyWhereTheTemplateDoes(string rendered, string expected) => Assert.Equal(expected, PlainText.Of(rendered));
}
