using LocalServers.Processes;
using LocalServers.Reporting;

namespace LocalServers.Azurite;

/// <summary>Azurite, the storage emulator: its blob and queue services.</summary>
internal sealed class AzuriteRecipe(AzuriteAddress address, ServerFolder folder, ServerReport report, LocalServerOptions options) : ServerRecipe
{
    private readonly AzuritePackage package = new(folder, report, options);

    public override string Name => "Azurite";

    public override string Address => address.ToString();

    public override int Port => address.QueuePort;

    public override string WaysOut => AzuritePackage.WaysOut;

    public override Task<ProbeAnswer> ProbeAsync(CancellationToken cancellationToken) => AzuriteProbe.AskAsync(address, cancellationToken);

    public override async Task<ServerCommand> PrepareAsync(CancellationToken cancellationToken)
    {
        var (node, script) = await package.InstallAsync(cancellationToken);
        var data = options.InMemory ? null : folder.Data(Key);
        // Port 0 lets the system choose. Nothing here uses tables, but Azurite always serves them, and a port of its own could be taken.
        string[] arguments =
        [
            script, "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobHost", address.Host, "--blobPort", $"{address.BlobPort}",
            "--queueHost", address.Host, "--queuePort", $"{address.QueuePort}",
            "--tableHost", address.Host, "--tablePort", "0",
            .. data is null ? ["--inMemoryPersistence"] : new[] { "--location", data },
        ];
        return new($"Azurite {AzuritePackage.Version}", node, arguments, data);
    }
}
