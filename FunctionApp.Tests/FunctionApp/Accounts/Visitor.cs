using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace FunctionApp.Tests.FunctionApp.Accounts;

/// <summary>Somebody at a browser window. Notes what the browser complains of: errors of scripts, what the page's policy forbids, requests that go elsewhere.</summary>
internal sealed partial class Visitor : IAsyncDisposable
{
    // Where the pages are to be looked at afterwards: a picture of each step in each look.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("LOVAGE_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    private static readonly (string Name, ColorScheme Scheme, int Width, int Height)[] Looks =
        [("light", ColorScheme.Light, 1280, 800), ("dark", ColorScheme.Dark, 1280, 800), ("phone", ColorScheme.Light, 390, 760)];

    private readonly IBrowserContext context;
    private int pictures;

    public Visitor(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => Note(message);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { IsLoopback: false, Scheme: not "data" })
                Complaints.Add($"It asked for {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>The part of an account's page that is shown.</summary>
    public ILocator View => Page.Locator("[data-view]:not([hidden])");

    public List<string> Complaints { get; } = [];

    /// <summary>The statuses of answers that were refusals, in their order.</summary>
    public List<int> Refusals { get; } = [];

    public ILocator Heading(string text) => View.GetByRole(AriaRole.Heading, new() { Name = text, Exact = true });

    public ILocator Field(string label) => View.GetByLabel(label, new() { Exact = true });

    public Task PressAsync(string button) => View.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Keeps a picture if pictures are wanted.</summary>
    public async Task PictureAsync(string step)
    {
        if (Pictures is null)
            return;
        pictures++;
        foreach (var (name, scheme, width, height) in Looks.Reverse())
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Page.SetViewportSizeAsync(width, height);
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, string.Create(CultureInfo.InvariantCulture, $"{pictures:00}-{step}-{name}.png")), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void Note(IConsoleMessage message)
    {
        // The browser says so of each refusal, whatever the page makes of it.
        if (Refusal().Match(message.Text) is { Success: true } refusal)
            Refusals.Add(int.Parse(refusal.Groups[1].Value, CultureInfo.InvariantCulture));
        else if (message.Type is "error" or "warning")
            Complaints.Add(message.Text);
    }

    [GeneratedRegex(@"^Failed to load resource: the server responded with a status of (4\d\d)")]
    private static partial Regex Refusal();
}
