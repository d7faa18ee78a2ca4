using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.FunctionApp;

/// <summary>The whole app in this process on a free port, with its own queue and keys on the run's real servers.</summary>
internal sealed class App : IAsyncDisposable
{
    private readonly IHost host;

    private App(IHost host)
    {
        this.host = host;
        Http = new() { BaseAddress = host.Services.GetRequiredService<EmbeddedHostInfo>().BaseAddress };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => host.Services;

    public static async Task<App> StartAsync(
        RealServers servers, IDictionary<string, string?>? settings = null, Action<FunctionsApplicationBuilder>? configure = null)
    {
        var own = $"test-{Guid.NewGuid():N}";
        var all = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = servers.StorageConnectionString,
            ["Redis"] = servers.RedisConnectionString,
            ["LovageQueue"] = own,
            ["Lovage:KeyPrefix"] = own,
            ["Lovage:MaxAttempts"] = "1",
            // Its database and its mailbox.
            ["LocalServers:DataFolder"] = servers.NewFolder(),
            ["AzureFunctionsJobHost:logging:logLevel:default"] = "None",
            // Tests wait for jobs one after the other: an idle second before each would be most of a run.
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.1",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        var builder = EmbeddedFunctionsApplication.CreateBuilder(new() { Port = 0, FunctionAssembly = typeof(Composition).Assembly, Settings = all });
        builder.Compose();
        // Passwords of tests need not be hard to guess, and there are hundreds.
        builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000);
        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host);
    }

    public Task<HttpResponseMessage> PostJobAsync(string name, string json) =>
        Http.PostAsync(new Uri($"api/jobs/{name}", UriKind.Relative), new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));

    /// <summary>Enqueues a job over HTTP and awaits its end, as a caller would: by asking.</summary>
    public async Task<JsonElement> RunAsync(string name, string json)
    {
        using var accepted = await PostJobAsync(name, json);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, accepted.StatusCode);
        return await EndOfAsync(accepted.Headers.Location!);
    }

    public async Task<JsonElement> EndOfAsync(Uri statusUrl)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (true)
        {
            var job = await Http.GetFromJsonAsync<JsonElement>(statusUrl, limit.Token);
            if (job.GetProperty("state").GetString() is not ("scheduled" or "queued" or "running"))
                return job;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    public async Task<JobRecord?> GetAsync(JobId id) => await Services.GetRequiredService<JobClient>().GetAsync(id);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync();
        host.Dispose();
    }
}
