using FunctionApp.Accounts.Database;
using Lovage.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting.Admin;

/// <summary>Asks the servers before a verb does anything: the clients' own limits are made for processes that go on.</summary>
internal static class ServerCheck
{
    // A person waits. Long enough for a connection with TLS to another continent, and less than the clients' own limits, so that it is told in these words.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <exception cref="UnreachableException">One did not answer.</exception>
    /// <exception cref="DatabaseNotReadyException">The database is needed, and no setting says where it is.</exception>
    public static async Task RunAsync(IServiceProvider services, Servers needed, CancellationToken stop)
    {
        if (await FindSilentAsync(services, needed, stop) is { Length: > 0 } lines)
            throw new UnreachableException(lines);
    }

    /// <returns>A line for each that did not answer.</returns>
    public static async Task<string[]> FindSilentAsync(IServiceProvider services, Servers needed, CancellationToken stop)
    {
        var health = services.GetRequiredService<LovageHealth>();
        var configuration = services.GetRequiredService<IConfiguration>();
        using var limit = new CancellationTokenSource(Patience, services.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var checks = new List<Task<string?>>();
        if (needed.HasFlag(Servers.Store))
            checks.Add(AskAsync(ServerAddress.OfStore(configuration), health.CheckStoreAsync, either.Token, stop));
        if (needed.HasFlag(Servers.Queue))
            checks.Add(AskAsync(ServerAddress.OfQueue(configuration), health.CheckQueueAsync, either.Token, stop));
        if (needed.HasFlag(Servers.Database) && services.GetRequiredService<DatabaseSetting>() is var database)
            checks.Add(AskAsync(ServerAddress.OfDatabase(database), limit => DatabaseProbe.AskAsync(database, limit), either.Token, stop));
        return [.. (await Task.WhenAll(checks)).OfType<string>()];
    }

    private static async Task<string?> AskAsync(ServerAddress server, Func<CancellationToken, Task<string?>> check, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            return await check(limit) is { } error ? server.Explain(error) : null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return server.Explain($"no answer within {Patience.TotalSeconds} s");
        }
    }
}
