using LocalServers.Processes;
using Microsoft.Playwright;

namespace FunctionApp.Tests.FunctionApp.Accounts;

/// <summary>
/// The Chromium of this machine, driven by Playwright, which downloads none of its own. Started for the first test that asks. Where there is none the test is skipped;
/// with CI set it fails.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A browser window of its own, with nothing stored, on the app.</summary>
    internal async Task<Visitor> VisitAsync(App app)
    {
        browser ??= await StartAsync();
        var context = await browser.NewContextAsync(new() { BaseURL = app.Http.BaseAddress!.AbsoluteUri });
        context.SetDefaultTimeout((float)Limits.Signal.TotalMilliseconds);
        return new(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        if (new ProgramSearch(null).Find("chromium") is not { } program)
        {
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail("CI is set, and there is no chromium on the PATH.");
            Assert.Skip("There is no chromium on the PATH.");
            throw new InvalidOperationException("A skipped test does not go on.");
        }
        Assertions.SetDefaultExpectTimeout((float)Limits.Signal.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = [.. Arguments()], Timeout = (float)(4 * Limits.Signal).TotalMilliseconds });
    }

    // It talks to nobody but this machine, and not of itself.
    private static IEnumerable<string> Arguments()
    {
        yield return "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";
        foreach (var argument in (string[])["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"])
            yield return argument;
        // Its sandbox does not start as root, which is who runs in containers.
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            yield return "--no-sandbox";
    }
}
