using System.CommandLine;
using FunctionApp.Hosting.Admin.Output;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting.Admin;

/// <summary>What all verbs do alike: the container, the servers, the answer in the wanted form, and an exit code for each way to end.</summary>
internal sealed class VerbRunner(AdminContainer container, AdminConsole console)
{
    public Option<bool> Json { get; } = new("--json") { Description = "Print the JSON that the HTTP API answers, and errors as problem JSON.", Recursive = true };

    public IServiceProvider Services => container.Services;

    /// <param name="parsed">The command line.</param>
    /// <param name="needed">Servers that must answer before it begins.</param>
    /// <param name="verb">Does what was asked.</param>
    /// <param name="cancellation">Ctrl+C, where the caller heeds it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Servers needed, Func<Verb, Task<VerbAnswer>> verb, CancellationToken cancellation)
    {
        var isJson = parsed.GetValue(Json);
        using var signal = new StopSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancellation);
        try
        {
            await ServerCheck.RunAsync(Services, needed, stop.Token);
            var answer = await verb(new(Services, console, isJson, stop.Token));
            if (answer.Json is ProblemHttpResult)
                throw new RefusedException(answer.Json);
            if (isJson)
                await ApiJson.WriteAsync(answer.Json, Services, console.Out);
            else
                answer.Show(new(console, IsColoured()));
            return answer.ExitCode;
        }
        catch (Exception e) when (VerbFailure.Of(e, stop.Token) is { } failure)
        {
            return failure.Write(console.Error, isJson);
        }
    }

    /// <summary>Prepares something that needs the container.</summary>
    /// <returns>The exit code if that is the end; null to go on.</returns>
    public int? Try(ParseResult parsed, Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (VerbFailure.Of(e, CancellationToken.None) is { } failure)
        {
            return failure.Write(console.Error, parsed.GetValue(Json));
        }
    }

    // https://no-color.org: set to anything but nothing.
    private bool IsColoured() => console.OutIsTerminal && string.IsNullOrEmpty(Services.GetRequiredService<IConfiguration>()["NO_COLOR"]);
}
