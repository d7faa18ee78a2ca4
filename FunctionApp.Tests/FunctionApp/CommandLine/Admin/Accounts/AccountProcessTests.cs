using System.Net;
using FunctionApp.Tests.FunctionApp.Accounts;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin.Accounts;

/// <summary>The verbs of accounts and their database as processes of their own, beside an app in production.</summary>
public sealed class AccountProcessTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Production_MigrateTwiceAtOnceCreateServeAndLock()
    {
        var settings = AppSettings.Shared(servers).With("AZURE_FUNCTIONS_ENVIRONMENT", "Production").With("Database", await servers.NewPostgresAsync());
        await using (var one = AppProcess.StartIn(AppProgram.Folder, settings, "db", "migrate"))
        await using (var other = AppProcess.StartIn(AppProgram.Folder, settings, "db", "migrate"))
        {
            Assert.Equal((0, 0), (await one.WaitForExitAsync(), await other.WaitForExitAsync()));
            Assert.Single([one, other], migrate => migrate.Output[0].StartsWith("applied  ", StringComparison.Ordinal));
            Assert.Single([one, other], migrate => migrate.Output[0].StartsWith("Nothing to do", StringComparison.Ordinal));
            Assert.Empty(one.Errors.Concat(other.Errors));
        }
        var (app, client) = await AppProcess.StartAndListenAsync(settings);
        await using var process = app;
        using var http = new HttpClient { BaseAddress = client.Address };
        client.Dispose();
        var ada = new AccountCaller(http);
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync());

        await using (var create = AppProcess.StartIn(AppProgram.Folder, settings, "accounts", "create", ada.Email, "--name", "Ada", "--password-stdin"))
        {
            await create.Input.WriteLineAsync(AccountCaller.Password);
            // And no end of it: the first line is enough.
            await create.Input.FlushAsync(Cancellation);
            Assert.Equal(0, await create.WaitForExitAsync());
            Assert.True(Guid.TryParse(Assert.Single(create.Output), out _));
            Assert.Empty(create.Errors);
        }
        Assert.Equal(HttpStatusCode.OK, await ada.SignInAsync());
        Assert.Equal(HttpStatusCode.OK, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);

        await using var locks = AppProcess.StartIn(AppProgram.Folder, settings, "accounts", "lock", ada.Email);
        Assert.Equal(0, await locks.WaitForExitAsync());
        Assert.Empty(locks.Errors);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.AskAsync(HttpMethod.Get, "profile")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.SignInAsync());
    }

    [Fact]
    public async Task Create_PasswordFromStandardInput_IsSeenByNoOtherUser()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only /proc shows what others see.");
        await using var create = AppProcess.StartIn(AppProgram.Folder, AppSettings.Shared(servers), "accounts", "create", "ada@example.com", "--name", "Ada", "--password-stdin");
        await create.Input.WriteAsync(AccountCaller.Password);
        await create.Input.FlushAsync(Cancellation);
        // It waits for the line's end.
        var seen = await File.ReadAllTextAsync($"/proc/{create.Pid}/cmdline", Cancellation);
        Assert.Contains("--password-stdin", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(AccountCaller.Password, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(AccountCaller.Password, await File.ReadAllTextAsync($"/proc/{create.Pid}/environ", Cancellation), StringComparison.Ordinal);
        await create.Input.WriteLineAsync();
        await create.Input.FlushAsync(Cancellation);
        Assert.Equal(0, await create.WaitForExitAsync());
        Assert.DoesNotContain(create.Output.Concat(create.Errors), line => line.Contains(AccountCaller.Password, StringComparison.Ordinal));
    }
}
