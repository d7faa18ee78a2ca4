using System.Net;
using FunctionApp.Tests.FunctionApp.Accounts;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Accounts;

/// <summary>The verbs of accounts beside an app that serves them, on every database.</summary>
public abstract class AccountVerbContract(RealServers servers)
{
    private const string NewPassword = "another long password";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected RealServers Servers { get; } = servers;

    protected abstract Task<string> NewDatabaseAsync();

    [Fact]
    public async Task Create_CanSignInAtOnceWithoutAMail()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        var id = await CreateAsync(app, ada);
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
        var profile = (await ada.AskAsync(HttpMethod.Get, "profile")).Body;
        Assert.Contains($"\"{id}\"", profile, StringComparison.Ordinal);
        Assert.Contains("\"Ada Lovelace\"", profile, StringComparison.Ordinal);
        Assert.Empty(await ada.AllMailsAsync());
    }

    [Fact]
    public async Task Create_AddressTaken_IsRefusedAndChangesNothing()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await CreateAsync(app, ada);
        var email = ada.Email.ToUpperInvariant();
        string[] again = ["accounts", "create", email, "--name", "Mallory", "--password-stdin"];
        var cli = Cli.Beside(app).With(input: NewPassword);
        Assert.Equal($"There is an account with the address '{email}' already.", Assert.Single((await cli.RunAsync(again)).Expect(1).ErrorLines));
        Assert.Equal("urn:lovage:problem:address-taken", (await cli.RunAsync([.. again, "--json"])).Expect(1).Problem.GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
    }

    [Fact]
    public async Task Create_OneAddressManyTimesAtOnce_OneAccount()
    {
        await using var app = await StartAsync();
        var cli = Cli.Beside(app).With(input: AccountCaller.Password);
        // With the tables there already.
        (await cli.RunAsync("accounts", "create", "first@example.com", "--name", "First", "--password-stdin")).Expect(0);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => cli.RunAsync("accounts", "create", "ada@example.com", "--name", "Ada", "--password-stdin"))));
        var made = Assert.Single(answers, answer => answer.Code == 0);
        Assert.True(Guid.TryParse(made.Out, out _));
        Assert.All(answers.Where(answer => answer != made), answer => Assert.Contains("already", answer.Expect(1).Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "  locked")]
    [InlineData("30d", "  locked until ")]
    public async Task Lock_EndsEverySignIn_AndAPasswordResetDoesNotLiftIt(string? duration, string expected)
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        var id = await CreateAsync(app, ada);
        await ada.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);

        var cli = Cli.Beside(app);
        string[] locks = ["accounts", "lock", ada.Email, .. duration is null ? Array.Empty<string>() : ["--for", duration]];
        Assert.StartsWith($"{id}  {ada.Email}{expected}", (await cli.RunAsync(locks)).Expect(0).Out.Trim(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);
        await AssertRefusedLikeAWrongPasswordAsync(ada, AccountCaller.Password);

        await ada.AskAsync(HttpMethod.Post, "forgot-password", new { email = ada.Email });
        Assert.Equal(HttpStatusCode.NoContent, (await ada.ResetAsync(await ada.LinkAsync("Choose a new password"), NewPassword)).Status);
        await AssertRefusedLikeAWrongPasswordAsync(ada, NewPassword);

        Assert.Equal($"{id}  {ada.Email}  not locked", (await cli.RunAsync("accounts", "lock", ada.Email, "--unlock")).Expect(0).Out.Trim());
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync(NewPassword));
    }

    [Fact]
    public async Task Lock_OfWrongPasswords_IsLiftedByAPasswordResetAndByUnlock()
    {
        await using var app = await StartAsync(("Accounts:MaxWrongPasswords", "3"));
        var ada = new AccountCaller(app.Http);
        await CreateAsync(app, ada);
        await LockOutAsync(ada);
        await ada.AskAsync(HttpMethod.Post, "forgot-password", new { email = ada.Email });
        Assert.Equal(HttpStatusCode.NoContent, (await ada.ResetAsync(await ada.LinkAsync("Choose a new password"), AccountCaller.Password)).Status);
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());

        await LockOutAsync(ada);
        (await Cli.Beside(app).RunAsync("accounts", "lock", ada.Email, "--unlock")).Expect(0);
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
    }

    [Fact]
    public async Task Lock_Json_HasUntilWhen()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        var id = await CreateAsync(app, ada);
        var cli = Cli.Beside(app);
        Assert.Equal($$"""{"id":"{{id}}","isLocked":true,"until":null}""", (await cli.RunAsync("accounts", "lock", ada.Email, "--json")).Expect(0).Out.Trim());
        var until = (await cli.RunAsync("accounts", "lock", ada.Email, "--for", "2d", "--json")).Expect(0).Json.GetProperty("until").GetDateTimeOffset();
        Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(47), TimeSpan.FromHours(48));
        Assert.Equal($$"""{"id":"{{id}}","isLocked":false,"until":null}""", (await cli.RunAsync("accounts", "lock", ada.Email, "--unlock", "--json")).Expect(0).Out.Trim());
        Assert.Equal("urn:lovage:problem:account-not-found", (await cli.RunAsync("accounts", "lock", "nobody@example.com", "--json")).Expect(1).Problem.GetProperty("type").GetString());
    }

    private static async Task<string> CreateAsync(App app, AccountCaller who)
    {
        var cli = Cli.Beside(app).With(input: $"{AccountCaller.Password}\nand no more");
        var answer = (await cli.RunAsync("accounts", "create", who.Email, "--name", "Ada Lovelace", "--password-stdin")).Expect(0);
        Assert.Empty(answer.Error);
        return answer.Out.Trim();
    }

    private static async Task LockOutAsync(AccountCaller who)
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await who.SignInAsync("wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await who.SignInAsync());
    }

    private static async Task AssertRefusedLikeAWrongPasswordAsync(AccountCaller who, string password)
    {
        using var right = await who.PostAsync("sign-in", new { email = who.Email, password });
        using var wrong = await who.PostAsync("sign-in", new { email = who.Email, password = "not the password" });
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        Assert.Equal(await wrong.Content.ReadAsStringAsync(Cancellation), await right.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<App> StartAsync(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?> { ["Database"] = await NewDatabaseAsync() };
        foreach (var (name, value) in more)
            settings[name] = value;
        return await App.StartAsync(Servers, settings);
    }
}
