using System.Net;
using System.Text.Json;
using FunctionApp.Accounts.Database;
using Lovage.Store.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace FunctionApp.Tests.FunctionApp.Accounts;

/// <summary>What people can do with accounts, on every database.</summary>
public abstract class AccountContract(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected RealServers Servers { get; } = servers;

    protected abstract Task<Dictionary<string, string?>> NewDatabaseAsync();

    [Fact]
    public async Task Register_ConfirmAndSignIn_HasAProfile()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
        var (status, body) = await ada.AskAsync(HttpMethod.Get, "profile");
        Assert.Equal(HttpStatusCode.OK, status);
        var profile = JsonDocument.Parse(body).RootElement;
        Assert.Equal((ada.Email, "Ada"), (profile.GetProperty("email").GetString(), profile.GetProperty("name").GetString()));
        await ada.MailsAsync("Your account is ready");
    }

    [Fact]
    public async Task SignIn_BeforeConfirming_IsToldOnlyWithTheRightPassword()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.RegisterAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await ada.SignInAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync("not the password"));
    }

    [Fact]
    public async Task Confirm_Twice_TheTokenIsUsedUp()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.RegisterAsync();
        var link = await ada.LinkAsync("Confirm your e-mail address");
        // A scanner of mails that follows links.
        using (var page = await app.Http.GetAsync(link.Url, Cancellation))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await ada.ConfirmAsync(link)).Status);
        var (status, body) = await ada.ConfirmAsync(link);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("urn:lovage:problem:link-not-valid", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_KnownAddress_OnlyItsOwnerLearns()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        var known = await ada.RegisterAsync("Mallory");
        var unknown = await new AccountCaller(app.Http).RegisterAsync();
        Assert.Equal(unknown, known);
        await ada.MailsAsync("You already have an account");
        // The password that was sent along changed nothing.
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
    }

    [Fact]
    public async Task Register_UnconfirmedAddressAgain_OnlyItsOwnerChoosesThePassword()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        // A stranger was there before her, with a password of his own.
        await ada.AskAsync(HttpMethod.Post, "register", new { name = "Mallory", email = ada.Email, password = "mallory's own password" });
        var first = await ada.LinkAsync("Confirm your e-mail address");
        await ada.RegisterAsync();
        await ada.MailsAsync("Choose the password of your account");
        // Neither password counts any more, and asking for the mail again does not bring the stranger's back.
        foreach (var password in new[] { "mallory's own password", AccountCaller.Password })
            Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync(password));
        await ada.AskAsync(HttpMethod.Post, "resend", new { email = ada.Email });
        await ada.MailsAsync("Choose the password of your account", count: 2);
        var link = await ada.LinkAsync("Choose the password of your account");
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.ConfirmAsync(first)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ada.ResetAsync(link, "ada's own password")).Status);
        foreach (var password in new[] { "mallory's own password", AccountCaller.Password })
            Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync(password));
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync("ada's own password"));
    }

    [Fact]
    public async Task Register_OneAddressManyTimesAtOnce_OneAccount()
    {
        await using var app = await StartAsync(("Accounts:MailsPerAccount", "100"));
        var ada = new AccountCaller(app.Http);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ada.RegisterAsync()));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users.CountAsync(Cancellation));
        Assert.NotEmpty(await ada.AllMailsAsync(atLeast: 1));
    }

    [Fact]
    public async Task Forgot_UnknownAddress_SameAnswerAndNoMail()
    {
        await using var app = await StartAsync();
        var (ada, stranger) = (new AccountCaller(app.Http), new AccountCaller(app.Http));
        await ada.JoinAsync();
        var unknown = await stranger.AskAsync(HttpMethod.Post, "forgot-password", new { email = stranger.Email });
        var known = await ada.AskAsync(HttpMethod.Post, "forgot-password", new { email = ada.Email });
        Assert.Equal(known, unknown);
        await ada.MailsAsync("Choose a new password");
        Assert.Empty(await stranger.AllMailsAsync());
    }

    [Fact]
    public async Task Reset_NewPassword_EndsTheOldOneAndAllSignIns()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        await ada.SignInAsync();
        await ada.AskAsync(HttpMethod.Post, "forgot-password", new { email = ada.Email });
        var link = await ada.LinkAsync("Choose a new password");
        Assert.Equal(HttpStatusCode.NoContent, (await ada.ResetAsync(link, "another long password")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync());
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync("another long password"));
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.ResetAsync(link, "a third long password")).Status);
        await ada.MailsAsync("Your password was changed");
    }

    [Fact]
    public async Task SignOut_EndsEveryTokenOfTheAccount()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        await ada.SignInAsync();
        var first = ada.Token;
        await ada.SignInAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await ada.AskAsync(HttpMethod.Post, "sign-out")).Status);
        foreach (var token in new[] { first, ada.Token })
        {
            ada.Token = token;
            Assert.Equal(HttpStatusCode.Unauthorized, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);
        }
    }

    [Fact]
    public async Task SignIn_TooManyWrongPasswords_LocksTheAccountWithoutSayingSo()
    {
        await using var app = await StartAsync(("Accounts:MaxWrongPasswords", "3"));
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        using var wrong = await ada.PostAsync("sign-in", new { email = ada.Email, password = "wrong" });
        for (var i = 0; i < 2; i++)
            await ada.SignInAsync("wrong");
        using var right = await ada.PostAsync("sign-in", new { email = ada.Email, password = AccountCaller.Password });
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        Assert.Equal(await wrong.Content.ReadAsStringAsync(Cancellation), await right.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task SignIn_ManyWrongPasswordsAtOnce_AreAllCounted()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ada.SignInAsync("wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("CfDJ8AAAA")]
    [InlineData("!!!")]
    [InlineData("Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZSBjb3JyZWN0IGhvcnNlIGJhdHRlcnkgc3RhcGxl")]
    public async Task Token_ThatIsNone_IsNotSignedIn(string token)
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await new AccountCaller(app.Http) { Token = token }.AskAsync(HttpMethod.Get, "profile")).Status);
    }

    [Fact]
    public async Task Mails_TooManyForOneAddress_AreRefusedForKnownAndUnknown()
    {
        await using var app = await StartAsync(("Accounts:MailsPerAccount", "2"));
        var (ada, stranger) = (new AccountCaller(app.Http), new AccountCaller(app.Http));
        await ada.RegisterAsync();
        foreach (var caller in new[] { ada, stranger })
        {
            await caller.AskAsync(HttpMethod.Post, "resend", new { email = caller.Email });
            await caller.AskAsync(HttpMethod.Post, "resend", new { email = caller.Email });
            using var refused = await caller.PostAsync("forgot-password", new { email = caller.Email.ToUpperInvariant() });
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Requests_TooManyFromOneAddress_AreRefused()
    {
        await using var app = await StartAsync(("Accounts:RequestsPerAddress", "3"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await new AccountCaller(app.Http).SignInAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, await new AccountCaller(app.Http).SignInAsync());
    }

    [Fact]
    public async Task ChangeProfile_IsSeenAtOnceInEveryProcess()
    {
        var settings = await NewDatabaseAsync();
        settings["LocalServers:DataFolder"] = Servers.NewFolder();
        settings["Lovage:KeyPrefix"] = $"test-{Guid.NewGuid():N}";
        await using var first = await App.StartAsync(Servers, settings);
        await using var second = await App.StartAsync(Servers, settings);
        var ada = new AccountCaller(first.Http);
        await ada.JoinAsync();
        await ada.SignInAsync();
        var elsewhere = new AccountCaller(second.Http) { Token = ada.Token };
        Assert.Contains("\"Ada\"", (await elsewhere.AskAsync(HttpMethod.Get, "profile")).Body, StringComparison.Ordinal);
        Assert.Contains("\"Ada King\"", (await ada.AskAsync(HttpMethod.Put, "profile", new { name = "Ada King" })).Body, StringComparison.Ordinal);
        Assert.Contains("\"Ada King\"", (await elsewhere.AskAsync(HttpMethod.Get, "profile")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_WithThePassword_NothingIsLeft()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        await ada.SignInAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.AskAsync(HttpMethod.Post, "delete", new { password = "wrong" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ada.AskAsync(HttpMethod.Post, "delete", new { password = AccountCaller.Password })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync());
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Token_IsNotInTheStore()
    {
        await using var app = await StartAsync();
        var ada = new AccountCaller(app.Http);
        await ada.RegisterAsync();
        var token = (await ada.LinkAsync("Confirm your e-mail address")).Token!;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisConnectionString);
        var prefix = app.Services.GetRequiredService<RedisConnection>().Keys.Epoch.ToString().Split(':')[0];
        var seen = "";
        foreach (var key in redis.GetServers()[0].Keys(pattern: $"{prefix}:*"))
            seen += $"\n{key}: {await TextOfAsync(redis.GetDatabase(), key)}";
        Assert.DoesNotContain(token, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Email, seen, StringComparison.Ordinal);
        // And the mail's job is there: this looked in the right place.
        Assert.Contains("email.send", seen, StringComparison.Ordinal);
    }

    private static async Task<string> TextOfAsync(IDatabase db, RedisKey key) => await db.KeyTypeAsync(key) switch
    {
        RedisType.String => (string?)await db.StringGetAsync(key) ?? "",
        RedisType.Hash => string.Join(' ', (await db.HashGetAllAsync(key)).Select(field => $"{field.Name}={field.Value}")),
        RedisType.SortedSet => string.Join(' ', await db.SortedSetRangeByRankAsync(key)),
        RedisType.Set => string.Join(' ', await db.SetMembersAsync(key)),
        _ => "",
    };

    private async Task<App> StartAsync(params (string Name, string Value)[] more)
    {
        var settings = await NewDatabaseAsync();
        foreach (var (name, value) in more)
            settings[name] = value;
        return await App.StartAsync(Servers, settings);
    }
}
