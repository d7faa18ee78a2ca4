using System.Net;
using FunctionApp.Accounts;
using FunctionApp.Tests.FunctionApp.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.FunctionApp.Accounts;

/// <summary>What the app's operator has a say in.</summary>
public sealed class AccountSettingsTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_BeginWithPublicUrl_WhateverTheRequestCallsTheServer()
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["PublicUrl"] = "https://app.example.com/api" });
        var ada = new AccountCaller(app.Http);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/account/register") { Content = new StringContent($$"""{"name":"Ada","email":"{{ada.Email}}","password":"correct horse battery"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Host = $"127.0.0.1:{app.Http.BaseAddress!.Port}";
        using var answer = await app.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var link = await ada.LinkAsync("Confirm your e-mail address");
        Assert.StartsWith("https://app.example.com/api/account/confirm#user=", link.Url.AbsoluteUri, StringComparison.Ordinal);
        // What servers see of it has no token.
        Assert.Empty(link.Url.Query);
    }

    [Theory]
    [InlineData("http://app.example.com/api")]
    [InlineData("app.example.com")]
    [InlineData("https://app.example.com/api?x=1")]
    public async Task Register_PublicUrlCannotBeUsed_IsRefusedAndNothingIsCommitted(string url)
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["PublicUrl"] = url });
        var ada = new AccountCaller(app.Http);
        var (status, body) = await ada.RegisterAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("accounts-unavailable", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync());
    }

    [Fact]
    public async Task Links_Expired_AreNotValid()
    {
        // Identity's tokens know no other clock than the machine's.
        await using var app = await App.StartAsync(servers, configure: builder =>
            builder.Services.PostConfigure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromMilliseconds(-1)));
        var ada = new AccountCaller(app.Http);
        await ada.RegisterAsync();
        var (status, body) = await ada.ConfirmAsync(await ada.LinkAsync("Confirm your e-mail address"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("link-not-valid", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_Expired_IsNotValid()
    {
        await using var app = await App.StartAsync(servers, configure: builder =>
            builder.Services.AddSingleton<IOptions<AccountOptions>>(new OptionsWrapper<AccountOptions>(new() { SignedInFor = TimeSpan.FromMilliseconds(-1) })));
        var ada = new AccountCaller(app.Http);
        await ada.JoinAsync();
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);
    }

    [Fact]
    public async Task Start_NobodyAsksAboutAccounts_NoDatabaseIsMade()
    {
        var folder = servers.NewFolder();
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?>
        {
            ["Database"] = $"Data Source={Path.Combine(folder, "accounts.db")}",
            ["Lovage:Outbox:Interval"] = "01:00:00",
        });
        await app.RunAsync("math.add", """{"x":2,"y":3}""");
        // It would read the key ring while the app starts.
        Assert.DoesNotContain(app.Services.GetServices<IHostedService>(), service => service.GetType().Name == "DataProtectionHostedService");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        await new AccountCaller(app.Http).SignInAsync();
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task Production_NoDatabaseIsSet_JobsRunAndAccountsAreUnavailable()
    {
        var settings = AppSettings.Shared(servers).With("AZURE_FUNCTIONS_ENVIRONMENT", "Production").With("PublicUrl", "https://app.example.com/api").With("Lovage__Outbox__Interval", "00:00:00.1");
        var (process, client) = await AppProcess.StartAndListenAsync(settings);
        await using var _ = process;
        using var http = new HttpClient { BaseAddress = client.Address };
        client.Dispose();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await new AccountCaller(http).RegisterAsync()).Status);
        await process.WaitForLineAsync("Database is not set");
        using (var sweep = await http.PostAsync(new Uri("admin/functions/SweepJobs", UriKind.Relative), new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation))
            Assert.Equal(HttpStatusCode.Accepted, sweep.StatusCode);
        using var sum = await http.PostAsync(new Uri("api/jobs/math.add?wait=30s", UriKind.Relative), new StringContent("[2,3]", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
        Assert.Contains("\"result\":5", await sum.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain(process.Output, line => line.Contains("outbox", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":\"x\"}")]
    public async Task Register_TextThatIsNotUnicode_IsABadForm(string body)
    {
        await using var app = await App.StartAsync(servers);
        using var answer = await app.Http.PostAsync(new Uri("api/account/register", UriKind.Relative), new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("not Unicode", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_TablesAreMissing_IsUnavailableAndTheLogSaysHow()
    {
        var settings = AppSettings.Shared(servers).With("AZURE_FUNCTIONS_ENVIRONMENT", "Production").With("PublicUrl", "https://app.example.com/api");
        settings = settings.With("Database", $"Data Source={Path.Combine(settings.DataFolder, "accounts.db")}");
        var (process, client) = await AppProcess.StartAndListenAsync(settings);
        await using var _ = process;
        using var http = new HttpClient { BaseAddress = client.Address };
        client.Dispose();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await new AccountCaller(http).RegisterAsync()).Status);
        await process.WaitForLineAsync("db migrate");
    }

    [Fact]
    public async Task Tokens_MadeInOneProcess_WorkInAnother()
    {
        var settings = AppSettings.Shared(servers).With("Database", await servers.NewPostgresAsync());
        var (first, one) = await AppProcess.StartAndListenAsync(settings);
        await using var firstEnds = first;
        var (second, two) = await AppProcess.StartAndListenAsync(settings);
        await using var secondEnds = second;
        using var here = new HttpClient { BaseAddress = one.Address };
        using var there = new HttpClient { BaseAddress = two.Address };
        one.Dispose();
        two.Dispose();
        var ada = new AccountCaller(here);
        Assert.Equal(HttpStatusCode.Accepted, (await ada.RegisterAsync()).Status);
        // Whichever process ran the mail's job, the other takes its token.
        var elsewhere = new AccountCaller(there, ada.Email);
        Assert.Equal(HttpStatusCode.NoContent, (await elsewhere.ConfirmAsync(await ada.LinkAsync("Confirm your e-mail address"))).Status);
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
        elsewhere.Token = ada.Token;
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.AskAsync(HttpMethod.Get, "profile")).Status);
    }
}
