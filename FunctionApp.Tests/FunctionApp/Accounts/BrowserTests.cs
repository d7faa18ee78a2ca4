using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FunctionApp.Tests.FunctionApp.Accounts;

/// <summary>The pages for people, in a real browser, with the whole app behind them: its functions, its jobs, its mailbox.</summary>
public sealed class BrowserTests(RealServers servers, Chromium chromium) : IClassFixture<Chromium>, IAsyncDisposable
{
    private const string NewPassword = "a new horse, a new battery";

    private App? app;
    private Visitor? visitor;
    private AccountCaller? caller;

    /// <summary>At the browser.</summary>
    private Visitor Ada => visitor!;

    /// <summary>The same person, elsewhere.</summary>
    private AccountCaller Elsewhere => caller!;

    public async ValueTask DisposeAsync()
    {
        if (visitor is not null)
            await visitor.DisposeAsync();
        if (app is not null)
            await app.DisposeAsync();
    }

    [Fact]
    public async Task Account_FromRegistrationToANewPassword_WorksByMouse()
    {
        await StartAsync();
        await RegisterAsync();
        await SignInAsync(AccountCaller.Password);
        await Expect(Ada.Heading("Confirm your address first")).ToBeFocusedAsync();

        await FollowMailAsync("Confirm your e-mail address", "Confirm the address");
        await ConfirmAsync();
        await RenameAsync();
        await SignOutEverywhereAsync();

        await ForgetAsync();
        await FollowMailAsync("Choose a new password", "Choose a new password");
        await ChooseAsync();
        await Ada.View.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await SignInAsync(AccountCaller.Password);
        await Expect(Ada.View.GetByRole(AriaRole.Status)).ToContainTextAsync("There is no account with this address and password");
        await Ada.PictureAsync("old-password");
        await SignInAsync(NewPassword);
        await Expect(Ada.Field("Name")).ToHaveValueAsync("Countess of Lovelace");

        Assert.Equal([403, 401], Ada.Refusals);
        Assert.Empty(Ada.Complaints);
    }

    [Fact]
    public async Task Registration_ByKeyboardWithWrongFields_SaysWhichAndThenWorks()
    {
        await StartAsync();
        await Ada.Page.GotoAsync("api/account/");
        await TypeAsync("Tab", "Tab", "Enter");
        await Expect(Ada.Heading("Make an account")).ToBeFocusedAsync();
        await TypeAsync("Tab", "Tab", "ada", "Tab", "short", "Tab");
        await Expect(Ada.View.GetByRole(AriaRole.Button, new() { Name = "Show the password" })).ToBeFocusedAsync();
        await TypeAsync("Enter");
        await Expect(Ada.Field("Password")).ToHaveAttributeAsync("type", "text");
        await TypeAsync("Tab", "Enter");

        await ExpectWrongAsync("Name", "It is required.");
        await ExpectWrongAsync("E-mail address", "It is no e-mail address, such as name@example.com, of 254 characters at most.");
        await ExpectWrongAsync("Password", "It takes 10 to 128 characters; any will do.");
        await Expect(Ada.Field("Name")).ToBeFocusedAsync();
        await Expect(Ada.Field("Password")).ToHaveAttributeAsync("type", "password");
        await Ada.PictureAsync("wrong-fields");

        await TypeAsync("Ada", "Tab", Elsewhere.Email, "Tab", AccountCaller.Password);
        await Expect(Ada.View.Locator("[aria-invalid]")).ToHaveCountAsync(0);
        await TypeAsync("Enter");
        await Expect(Ada.Heading("Look into your mailbox")).ToBeFocusedAsync();
        await Elsewhere.MailsAsync("Confirm your e-mail address");

        Assert.Equal([400], Ada.Refusals);
        Assert.Empty(Ada.Complaints);
    }

    [Fact]
    public async Task Link_UsedTwiceBelowAnotherPrefix_SaysSoAndAnotherMailCanBeSent()
    {
        await StartAsync("of/people");
        await RegisterAsync("of/people");
        var link = await Elsewhere.LinkAsync("Confirm your e-mail address");
        await Ada.Page.GotoAsync(link.Url.AbsoluteUri);
        await Ada.PressAsync("Confirm the address");
        await Expect(Ada.Heading("Your address is confirmed")).ToBeFocusedAsync();
        // The page is there already: only what stands behind the # is new.
        await Ada.Page.GotoAsync(link.Url.AbsoluteUri);
        await Ada.PressAsync("Confirm the address");
        await Expect(Ada.Heading("This link does not work")).ToBeFocusedAsync();
        await Ada.PictureAsync("used-link");
        await Ada.Field("E-mail address").FillAsync(Elsewhere.Email);
        await Ada.PressAsync("Send a new mail");
        await Expect(Ada.View.GetByRole(AriaRole.Status)).ToContainTextAsync("a mail is on its way");
        await Ada.View.GetByRole(AriaRole.Link, new() { Name = "sign in" }).ClickAsync();
        await SignInAsync(AccountCaller.Password);
        await Expect(Ada.Field("Name")).ToHaveValueAsync("Ada");

        Assert.Equal([400], Ada.Refusals);
        Assert.Empty(Ada.Complaints);
    }

    [Fact]
    public async Task Deletion_AsksForThePassword_AndLeavesNoAccount()
    {
        await StartAsync();
        await Elsewhere.JoinAsync();
        await Ada.Page.GotoAsync("api/account");
        await SignInAsync(AccountCaller.Password);
        await Ada.View.GetByText("Delete the account").First.ClickAsync();
        await Ada.Field("Your password").FillAsync("not the one");
        await Ada.PressAsync("Delete the account");
        await Expect(Ada.Field("Your password")).ToBeFocusedAsync();
        await ExpectWrongAsync("Your password", "It is not the password of this account");
        await Ada.PictureAsync("not-deleted");
        await Ada.Field("Your password").FillAsync(AccountCaller.Password);
        await Ada.PressAsync("Delete the account");
        await Expect(Ada.Heading("Your account is deleted")).ToBeFocusedAsync();
        await Ada.PictureAsync("deleted");
        await Ada.Page.ReloadAsync();
        await Expect(Ada.Heading("Sign in to your account")).ToBeVisibleAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await Elsewhere.SignInAsync());
        Assert.Equal([401], Ada.Refusals);
        Assert.Empty(Ada.Complaints);
    }

    private async Task StartAsync(string prefix = "api")
    {
        app = await App.StartAsync(servers, new Dictionary<string, string?> { ["AzureFunctionsJobHost:extensions:http:routePrefix"] = prefix });
        visitor = await chromium.VisitAsync(app);
        caller = new(app.Http);
    }

    private async Task RegisterAsync(string prefix = "api")
    {
        await Ada.Page.GotoAsync($"{prefix}/account");
        await Ada.PictureAsync("sign-in");
        await Ada.Page.GetByRole(AriaRole.Link, new() { Name = "Register" }).ClickAsync();
        await Ada.Field("Name").FillAsync("Ada");
        await Ada.Field("E-mail address").FillAsync(Elsewhere.Email);
        await Ada.Field("Password").FillAsync(AccountCaller.Password);
        await Ada.PictureAsync("register");
        await Ada.PressAsync("Register");
        await Expect(Ada.Heading("Look into your mailbox")).ToBeFocusedAsync();
        await Ada.PictureAsync("registered");
        await Ada.View.GetByRole(AriaRole.Link, new() { Name = "Back to sign in" }).ClickAsync();
    }

    private async Task SignInAsync(string password)
    {
        await Ada.Field("E-mail address").FillAsync(Elsewhere.Email);
        await Ada.Field("Password").FillAsync(password);
        await Ada.PressAsync("Sign in");
    }

    /// <summary>As a developer does it: in the mailbox's list the mail, in the mail the button.</summary>
    private async Task FollowMailAsync(string subject, string button)
    {
        await Elsewhere.MailsAsync(subject);
        await Ada.Page.GotoAsync("mailbox");
        await Ada.Page.GetByRole(AriaRole.Link, new() { Name = subject }).First.ClickAsync();
        await Ada.PictureAsync("mail");
        await Ada.Page.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = button }).First.ClickAsync();
    }

    private async Task ConfirmAsync()
    {
        await Expect(Ada.Heading("Confirm your address")).ToBeVisibleAsync();
        await ExpectNoSecretAsync("account/confirm");
        await Ada.PictureAsync("confirm");
        await Ada.PressAsync("Confirm the address");
        await Expect(Ada.Heading("Your address is confirmed")).ToBeFocusedAsync();
        await Ada.PictureAsync("confirmed");
        await Ada.View.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await SignInAsync(AccountCaller.Password);
        await Expect(Ada.Field("Name")).ToHaveValueAsync("Ada");
        await Ada.PictureAsync("profile");
    }

    private async Task RenameAsync()
    {
        await Ada.Field("Name").FillAsync("Countess of Lovelace");
        await Ada.PressAsync("Save the name");
        await Expect(Ada.View.GetByText("Saved.")).ToBeVisibleAsync();
        await Ada.PictureAsync("saved");
        await Ada.Page.ReloadAsync();
        await Expect(Ada.Field("Name")).ToHaveValueAsync("Countess of Lovelace");
    }

    private async Task SignOutEverywhereAsync()
    {
        Assert.Equal(HttpStatusCode.OK, await Elsewhere.SignInAsync());
        await Ada.PressAsync("Sign out everywhere");
        await Expect(Ada.View.GetByRole(AriaRole.Status)).ToHaveTextAsync("You are signed out, here and everywhere else.");
        await Ada.PictureAsync("signed-out");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Elsewhere.AskAsync(HttpMethod.Get, "profile")).Status);
        Assert.Equal(0, await Ada.Page.EvaluateAsync<int>("sessionStorage.length"));
    }

    private async Task ForgetAsync()
    {
        await Ada.View.GetByRole(AriaRole.Link, new() { Name = "Forgot the password?" }).ClickAsync();
        await Ada.Field("E-mail address").FillAsync(Elsewhere.Email);
        await Ada.PictureAsync("forgot");
        await Ada.PressAsync("Send the mail");
        await Expect(Ada.Heading("Look into your mailbox")).ToBeFocusedAsync();
    }

    private async Task ChooseAsync()
    {
        await Expect(Ada.Heading("Choose a new password")).ToBeVisibleAsync();
        await ExpectNoSecretAsync("account/reset-password");
        await Ada.PictureAsync("reset");
        await Ada.Field("New password").FillAsync(NewPassword);
        await Ada.PressAsync("Save the password");
        await Expect(Ada.Heading("Your password is changed")).ToBeFocusedAsync();
        await Ada.PictureAsync("changed");
    }

    private Task ExpectNoSecretAsync(string path) => Expect(Ada.Page).ToHaveURLAsync(new Regex($"/api/{path}$"));

    private async Task ExpectWrongAsync(string field, string why)
    {
        await Expect(Ada.Field(field)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Ada.Field(field)).ToHaveAccessibleDescriptionAsync(new Regex($"^{Regex.Escape(why)}"));
    }

    /// <summary>Presses keys by their names, and types everything else.</summary>
    private async Task TypeAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            if (key is "Tab" or "Enter")
                await Ada.Page.Keyboard.PressAsync(key);
            else
                await Ada.Page.Keyboard.TypeAsync(key);
        }
    }
}
