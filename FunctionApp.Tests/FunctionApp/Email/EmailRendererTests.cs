using FunctionApp.Email;
using FunctionApp.Email.Templates;

namespace FunctionApp.Tests.FunctionApp.Email;

public sealed class EmailRendererTests
{
    private static readonly EmailAddress Ada = Addresses.Of("ada@example.com");

    [Fact]
    public async Task Render_ParameterMissing_NamesItAndAllThatThereAre()
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Mails.Renderer().RenderAsync<ConfirmAddress>(Ada, new() { ["Name"] = "Ada", ["Link"] = null }));
        Assert.StartsWith("Template ConfirmAddress needs Link, ValidFor; it takes Name, Link, ValidFor.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_ParameterThatTheTemplateDoesNotHave_IsNamed()
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Mails.Renderer().RenderAsync<Welcome>(Ada, new() { ["name"] = "Ada", ["Link"] = Mails.Link }));
        Assert.StartsWith("Template Welcome has no parameter name; it takes Name, Link.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    public async Task Render_LinkThatAClickMustNotRun_IsRefused(string link)
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Mails.Renderer().RenderAsync<Welcome>(Ada, new() { ["Name"] = "Ada", ["Link"] = new Uri(link, UriKind.RelativeOrAbsolute) }));
        Assert.Contains("http and https only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_ManyAtOnce_EachHasItsOwn()
    {
        var renderer = Mails.Renderer();
        var mails = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => renderer.RenderAsync<Welcome>(Addresses.Of($"a{i}@example.com"), new() { ["Name"] = $"Ada{i}", ["Link"] = Mails.Link })));
        Assert.All(mails.Select((mail, i) => (mail, i)), pair =>
        {
            Assert.Equal($"a{pair.i}@example.com", pair.mail.To.Text);
            Assert.Contains($"Hello Ada{pair.i},", pair.mail.Html, StringComparison.Ordinal);
            Assert.Contains($"Hello Ada{pair.i},", pair.mail.Text, StringComparison.Ordinal);
        });
    }
}
