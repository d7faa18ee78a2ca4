using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting.Admin;

/// <summary>A verb that runs.</summary>
/// <param name="Services">The app's container.</param>
/// <param name="Console">Where it reads and writes.</param>
/// <param name="IsJson">Whether a program reads the answer.</param>
/// <param name="Stop">Ctrl+C.</param>
internal sealed record Verb(IServiceProvider Services, AdminConsole Console, bool IsJson, CancellationToken Stop)
{
    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();
}
