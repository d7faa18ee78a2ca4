using FunctionApp.Email;
using FunctionApp.Email.SendGrid;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.FunctionApp.Email.SendGrid;

/// <summary>The app's own services for SendGrid, with settings of a test, and logs of the lowest level.</summary>
internal sealed class SendGridClientOfTests : IDisposable
{
    public const string ApiKey = "SG.a-key-of-this-test";

    private readonly ServiceProvider services;

    public SendGridClientOfTests(string host, params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["SendGrid:ApiKey"] = ApiKey, ["SendGrid:FromAddress"] = "app@example.com", ["SendGrid:Host"] = host };
        foreach (var (name, value) in settings)
            all[name] = value;
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSendGrid(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordingLogs Logs { get; } = new();

    /// <summary>What an app that starts does with its settings.</summary>
    public void CheckAtStart() => services.GetService<IStartupValidator>()?.Validate();

    public Task SendAsync(string to = "ada@example.com", CancellationToken cancellation = default) => services.GetRequiredService<IEmailSender>().SendAsync(
        new(Addresses.Of(to), "Confirm \"it\"", "<p>Hello &amp; grüße</p>", "Hello & grüße\n"), "job-17/mail", cancellation);

    public void Dispose() => services.Dispose();
}
