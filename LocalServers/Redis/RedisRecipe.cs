using System.Net;
using LocalServers.Processes;
using LocalServers.Reporting;

namespace LocalServers.Redis;

/// <summary>A server of the Redis protocol: redis-server where it is installed, else Garnet.</summary>
internal sealed class RedisRecipe(RedisAddress address, ServerFolder folder, ServerReport report, LocalServerOptions options) : ServerRecipe
{
    private readonly RedisServerProgram redisServer = new(new(options.SearchPath), folder);
    private readonly GarnetProgram garnet = new(new(options.SearchPath), folder, report, options.Clock);

    public override string Name => "Redis";

    public override string Address => address.ToString();

    public override int Port => address.Port;

    public override string WaysOut => GarnetProgram.WaysOut;

    public override Task<ProbeAnswer> ProbeAsync(CancellationToken cancellationToken) => RedisProbe.AskAsync(address, options.Clock, cancellationToken);

    public override async Task<ServerCommand> PrepareAsync(CancellationToken cancellationToken)
    {
        var hosts = await HostsAsync(cancellationToken);
        var found = options.RedisKind is RedisKind.Garnet ? null : await redisServer.FindAsync(cancellationToken);
        if (found is { IsUsable: true }) return redisServer.Command(found, hosts, Port, options.InMemory);
        if (options.RedisKind is RedisKind.RedisServer)
            throw new LocalServerException($"{found?.Complaint ?? "There is no redis-server on the PATH."} {WaysOut}");
        if (found is not null) report.Line(Name, $"{found.Complaint} Garnet is used instead");
        return await garnet.CommandAsync(hosts, Port, options.InMemory, cancellationToken);
    }

    // Clients that are given 'localhost' may try either family first, and wait before they try the other.
    private async Task<IReadOnlyList<string>> HostsAsync(CancellationToken cancellationToken)
    {
        if (!address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return [address.Host];
        var addresses = await Dns.GetHostAddressesAsync(address.Host, cancellationToken);
        return addresses.Contains(IPAddress.IPv6Loopback) ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
    }
}
