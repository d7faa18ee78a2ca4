using System.Text.Json.Nodes;
using EmbeddedHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Harness;

/// <summary>What a test says about the app that it starts: its functions, files and settings.</summary>
internal sealed class TestApp
{
    public TestApp(params Type[] functions) => Functions = functions;

    public IReadOnlyList<Type> Functions { get; }

    public Dictionary<string, string?> Settings { get; } = new() { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" };

    public string HostJson { get; set; } = """{ "version": "2.0" }""";

    public string? LocalSettings { get; set; }

    public string[] Args { get; set; } = [];

    public string Address { get; set; } = "localhost";

    public int Port { get; set; }

    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan CancelTimeout { get; set; } = TimeSpan.FromSeconds(4);

    public TimeSpan MessageLease { get; set; } = TimeSpan.FromSeconds(30);

    public TimeProvider? Clock { get; set; }

    public Action<IServiceCollection>? Services { get; set; }

    /// <summary>The calls on the builder. Default: what every app calls.</summary>
    public Action<FunctionsApplicationBuilder> Configure { get; set; } = builder => builder.ConfigureFunctionsWebApplication();

    public Signals Signals { get; } = new();

    public RecordingLogs Logs { get; } = new();

    public static TestApp WithQueues(string storage, object queues, params Type[] functions)
    {
        var app = new TestApp(functions);
        app.Settings["AzureWebJobsStorage"] = storage;
        var block = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(queues))!.AsObject();
        block["maxPollingInterval"] ??= "00:00:00.1000000";
        block["messageEncoding"] ??= "none";
        app.HostJson = new JsonObject { ["version"] = "2.0", ["extensions"] = new JsonObject { ["queues"] = block } }.ToJsonString();
        return app;
    }

    public IHost Build()
    {
        var folder = Directory.CreateTempSubdirectory("embedded-host-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "host.json"), HostJson);
            if (LocalSettings is not null)
                File.WriteAllText(Path.Combine(folder.FullName, "local.settings.json"), LocalSettings);

            var builder = EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions
            {
                Args = Args,
                Address = Address,
                Port = Port,
                ContentRoot = folder.FullName,
                Settings = Settings,
                FunctionTypes = Functions,
                DrainTimeout = DrainTimeout,
                CancelTimeout = CancelTimeout,
                MessageLease = MessageLease,
            });
            builder.Services.AddSingleton(Signals);
            if (Clock is not null)
                builder.Services.AddSingleton(Clock);

            builder.Logging.ClearProviders().AddProvider(Logs);
            Services?.Invoke(builder.Services);
            Configure(builder);
            return builder.Build();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public async Task<TestHost> StartAsync()
    {
        var host = Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestHost(this, host);
    }
}
