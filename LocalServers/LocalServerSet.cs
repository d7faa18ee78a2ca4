using LocalServers.Azurite;
using LocalServers.Redis;
using LocalServers.Reporting;

namespace LocalServers;

/// <summary>The local servers that a configuration asks for.</summary>
public sealed class LocalServerSet : IAsyncDisposable
{
    private LocalServerSet(IReadOnlyList<LocalServer> servers) => Servers = servers;

    /// <summary>One for each address of the configuration that is local; none for what is elsewhere.</summary>
    public IReadOnlyList<LocalServer> Servers { get; }

    /// <summary>Finds, takes over or starts, side by side, what the options ask for, and returns when all of it answers.</summary>
    /// <param name="options">What is needed, and where it may live.</param>
    /// <param name="cancellationToken">Gives up, and stops what was started.</param>
    /// <returns>The servers; dispose it to stop those that are this run's.</returns>
    /// <exception cref="LocalServerException">At least one could not be had. The others were stopped again; the message holds every reason.</exception>
    public static async Task<LocalServerSet> EnsureAsync(LocalServerOptions options, CancellationToken cancellationToken)
    {
        var set = new LocalServerSet(Plan(options));
        var starts = set.Servers.Select(server => server.EnsureAsync(cancellationToken)).ToArray();
        try
        {
            await Task.WhenAll(starts);
            return set;
        }
        catch
        {
            await set.StopAsync();
            var reasons = starts.Select(start => start.Exception?.InnerException).OfType<LocalServerException>().Select(reason => reason.Message).ToArray();
            if (reasons.Length < 2) throw;
            throw new LocalServerException(string.Join(Environment.NewLine, reasons));
        }
    }

    /// <summary>Stops, side by side, what this run started or took over. What it found is left alone.</summary>
    public Task StopAsync() => Task.WhenAll(Servers.Select(server => server.StopAsync()));

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static LocalServer[] Plan(LocalServerOptions options)
    {
        var folder = ServerFolder.Of(options);
        var report = new ServerReport(options.Output, options.OutputIsTerminal);
        ServerRecipe?[] recipes =
        [
            AzuriteAddress.Parse(options.StorageConnectionString) is { } storage ? new AzuriteRecipe(storage, folder, report, options) : null,
            RedisAddress.Parse(options.RedisConfiguration) is { } redis ? new RedisRecipe(redis, folder, report, options) : null,
        ];
        return [.. recipes.OfType<ServerRecipe>().Select(recipe => new LocalServer(recipe, folder, report, options))];
    }
}
