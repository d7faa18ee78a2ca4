using System.Net.Http.Json;
using System.Text.Json;
using FunctionApp.Email;
using FunctionApp.Tests.EmbeddedHost.Harness;
using FunctionApp.Tests.FunctionApp.Email;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Hosting.Embedded.Mailbox;

/// <summary>An app of nothing but mails: it needs no server.</summary>
internal sealed class MailboxHost : IAsyncDisposable
{
    private readonly TestHost host;

    private MailboxHost(TestHost host, string folder) => (this.host, Folder) = (host, folder);

    public string Folder { get; }

    public HttpClient Http => host.Http;

    public IEmailSender Sender => host.Host.Services.GetRequiredService<IEmailSender>();

    public RecordingLogs Logs => host.Logs;

    /// <summary>Starts it in a folder that is deleted with it.</summary>
    public static async Task<MailboxHost> StartAsync(TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("mailbox-").FullName;
        var app = new TestApp { Clock = clock, Configure = Compose };
        app.Settings["Mailbox:Folder"] = Path.Combine(folder, "mails");
        foreach (var (name, value) in settings)
            app.Settings[name] = value;
        return new(await app.StartAsync(), folder);
    }

    public static void Compose(FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddEmail(builder.Configuration);
    }

    public Task SendAsync(string subject, string to = "ada@example.com", string html = "<p>Hello</p>", string text = "Hello", string key = "key-1") =>
        Sender.SendAsync(new(Addresses.Of(to), subject, html, text), key, CancellationToken.None);

    public async Task<JsonElement[]> ListAsync(string query = "") => (await Http.GetFromJsonAsync<JsonElement[]>($"mailbox/api/mails{query}"))!;

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
