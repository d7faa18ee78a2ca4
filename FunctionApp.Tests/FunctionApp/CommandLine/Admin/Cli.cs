using System.CommandLine;
using System.Text.Json;
using FunctionApp.Hosting.Admin;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

/// <summary>The admin verbs in this process, with the container that the program would build.</summary>
/// <param name="settings">The app's.</param>
/// <param name="configure">Adds to its container.</param>
internal sealed class Cli(IDictionary<string, string?> settings, Action<FunctionsApplicationBuilder>? configure = null)
{
    private static readonly string[] Shared = ["AzureWebJobsStorage", "Redis", "LovageQueue", "Lovage:KeyPrefix", "LocalServers:DataFolder", "Database"];

    /// <summary>Whether a person sees what it writes and answers what it asks.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>What is typed, or comes by a pipe.</summary>
    public string Input { get; init; } = "";

    /// <summary>Beside an app that runs jobs.</summary>
    public static Cli Beside(App app)
    {
        var configuration = app.Services.GetRequiredService<IConfiguration>();
        return new(Shared.ToDictionary(name => name, name => configuration[name]));
    }

    /// <summary>Where nothing runs jobs.</summary>
    public static Cli Alone(RealServers servers, Action<FunctionsApplicationBuilder>? configure = null, string? redis = null, string? storage = null) =>
        new(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = storage ?? servers.StorageConnectionString,
            ["Redis"] = redis ?? servers.RedisConnectionString,
            ["LovageQueue"] = $"test-{Guid.NewGuid():N}",
            ["Lovage:KeyPrefix"] = $"test-{Guid.NewGuid():N}",
            // Its database.
            ["LocalServers:DataFolder"] = servers.NewFolder(),
        }, configure);

    /// <summary>The same with another setting, terminal or input.</summary>
    public Cli With(string? setting = null, string? value = null, bool isTerminal = false, string input = "")
    {
        var changed = new Dictionary<string, string?>(settings);
        if (setting is not null)
            changed[setting] = value;
        return new(changed, configure) { IsTerminal = isTerminal, Input = input };
    }

    public Task<CliAnswer> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    /// <param name="interrupt">Ctrl+C.</param>
    /// <param name="args">What is typed after the program's name.</param>
    public async Task<CliAnswer> RunAsync(CancellationToken interrupt, params string[] args)
    {
        using var container = Container();
        using var output = new StringWriter();
        using var error = new StringWriter();
        return await RunAsync(container, output, error, args, interrupt);
    }

    /// <summary>What a verb works with; for tests that look into it.</summary>
    public AdminContainer Container() => new(
        new() { FunctionAssembly = typeof(Composition).Assembly, Settings = settings }, builder =>
        {
            builder.Compose();
            configure?.Invoke(builder);
        });

    public async Task<CliAnswer> RunAsync(AdminContainer container, StringWriter output, TextWriter error, string[] args, CancellationToken interrupt)
    {
        var keys = new Queue<char>(Input);
        var console = new AdminConsole(() => new StringReader(Input), output, error)
        {
            Key = () => keys.Dequeue() is var key && key is '\n' ? new(key, ConsoleKey.Enter, false, false, false) : new(key, key is '\b' ? ConsoleKey.Backspace : default, false, false, false),
            InIsTerminal = IsTerminal,
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
        };
        var commands = new AdminCommands(container, console);
        var root = new RootCommand();
        commands.AddTo(root);
        var code = await commands.InvokeAsync(root, args, interrupt).WaitAsync(Limits.Signal, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString()!);
    }
}

/// <summary>What a verb said.</summary>
internal sealed record CliAnswer(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public JsonElement Problem => JsonDocument.Parse(Error).RootElement;

    /// <summary>The first word: an id, of those that begin with it.</summary>
    public string Id => Out.Split(' ')[0].Trim();

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public CliAnswer Expect(int code)
    {
        Assert.True(Code == code, $"Exit code {Code}, not {code}.\noutput:\n{Out}\nerrors:\n{Error}");
        return this;
    }
}
