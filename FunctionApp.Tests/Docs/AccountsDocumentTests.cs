using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionApp.Tests.FunctionApp;
using FunctionApp.Tests.FunctionApp.Accounts;

namespace FunctionApp.Tests.Docs;

/// <summary>What docs/accounts.md shows is what the app has and answers.</summary>
public sealed partial class AccountsDocumentTests(RealServers servers)
{
    private const string Document = "docs/accounts.md";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Curl_RegisterAndSignIn_AsShown()
    {
        await using var app = await App.StartAsync(servers);
        var examples = CurlExample.Of(Document, "The same by hand");
        var register = Assert.Single(examples);
        using (var request = register.Request(app.Http.BaseAddress!))
        using (var answer = await app.Http.SendAsync(request, Cancel))
            Assert.Equal(register.Answer, await answer.Content.ReadAsStringAsync(Cancel));

        // The mail of ada@example.com, as a person would: by its link.
        var ada = new AccountCaller(app.Http, "ada@example.com");
        await ada.ConfirmAsync(await ada.LinkAsync("Confirm your e-mail address"));
        var commands = Command().Matches(Repository.Read(Document)).Select(match => match.Groups[1].Value).Where(command => !command.Contains("register", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, commands.Length);
        var signedIn = await SendAsync(app, commands[0]);
        var profile = await SendAsync(app, commands[1].Replace("<accessToken>", (string?)signedIn["accessToken"], StringComparison.Ordinal));
        Assert.Equal("ada@example.com", (string?)profile["email"]);
    }

    [Fact]
    public async Task BadForm_IsAnsweredAsShown()
    {
        await using var app = await App.StartAsync(servers);
        var shown = BadForm().Match(Repository.Read(Document)).Groups[1].Value;
        using var answer = await new AccountCaller(app.Http).PostAsync("register", new { name = "Ada", email = "ada@example.com", password = "short" });
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(shown), JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))), shown);
    }

    [Fact]
    public void Function_IsTheOneOfTheApp() => Assert.Contains(
        Sample().Match(Repository.Read(Document)).Groups[1].Value.Trim(), Repository.Read("FunctionApp/Functions/Accounts/ForgotPassword.cs"), StringComparison.Ordinal);

    private static async Task<JsonNode> SendAsync(App app, string command)
    {
        using var request = new CurlExample(command, "").Request(app.Http.BaseAddress!);
        using var answer = await app.Http.SendAsync(request, Cancel);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }

    [GeneratedRegex("^(curl .*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("^(\\{.*invalid-form.*\\})$", RegexOptions.Multiline)]
    private static partial Regex BadForm();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Sample();
}
