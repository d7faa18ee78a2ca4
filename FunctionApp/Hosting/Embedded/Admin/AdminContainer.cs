using EmbeddedHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FunctionApp.Hosting.Admin;

/// <summary>The app's container, built when it is first needed, as for a run, and never started: no port, no queue listener, no lease, no sweep.</summary>
internal sealed class AdminContainer(EmbeddedHostOptions options, Action<FunctionsApplicationBuilder> compose) : IDisposable
{
    private IHost? host;

    /// <exception cref="EmbeddedHostException">host.json or a setting is wrong.</exception>
    /// <exception cref="Configuration.SettingException">A setting is not of its type.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings are missing or out of range.</exception>
    public IServiceProvider Services => (host ??= Build()).Services;

    // Log lines that wait to be written are written by then.
    public void Dispose() => host?.Dispose();

    private IHost Build()
    {
        var builder = EmbeddedFunctionsApplication.CreateBuilder(options);
        compose(builder);
        // Standard output is the answer's, whatever host.json says of levels.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Warning);
        // What fails there is thrown as well, and said in a line; what is only tried, such as a table that is not there yet, nobody need read.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.EntityFrameworkCore", LogLevel.None);
        var built = builder.Build();
        try
        {
            SettingsCheck.Run(built);
            return built;
        }
        catch
        {
            built.Dispose();
            throw;
        }
    }
}
