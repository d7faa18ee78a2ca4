using LocalServers.Processes;
using LocalServers.Reporting;

namespace LocalServers.Redis;

/// <summary>Garnet as a .NET tool, in the version that the repository's tool manifest pins.</summary>
internal sealed class GarnetProgram(ProgramSearch programs, ServerFolder folder, ServerReport report, TimeProvider clock)
{
    public const string WaysOut =
        "Ways out: install redis-server 7 or later; or run 'docker compose -f azurite.yml up redis'; or set Redis to the address of a running server.";

    private readonly GarnetTool tool = new(programs, report, clock);

    public async Task<ServerCommand> CommandAsync(IReadOnlyList<string> hosts, int port, bool inMemory, CancellationToken cancellationToken)
    {
        var (dotnet, version, assembly) = await tool.RestoreAsync(cancellationToken);
        var data = inMemory ? null : folder.Data("garnet");
        // Scripts are atomic only in transaction mode. It evicts without a word what exceeds --memory, hence a size that development does not reach.
        // The default device aborts the process where libaio is missing.
        string[] arguments =
        [
            assembly, "--bind", string.Join(' ', hosts), "--port", $"{port}", "--lua", "--lua-transaction-mode", "--memory", "2g",
            "--index", "16m", "--device-type", "RandomAccess",
            .. data is null ? [] : Durable(data),
        ];
        return new($"Garnet {version}", dotnet, arguments, data);
    }

    // Without the wait up to 271 acknowledged writes were gone in four of eight kills under load, with it none in six. It makes scripts three to four
    // times slower (1,700 a second one by one, 4,700 pipelined): a store of jobs that forgets would be worse than one that is slow on a developer's machine.
    // The append-only file would grow for ever. Past the limit the data is checkpointed and whole segments before that are deleted, so segments are
    // small: under 200,000 hashes written over and over the folder never passed 265 MB.
    private static string[] Durable(string data) =>
        ["--aof", "--aof-commit-wait", "--recover", "--aof-size-limit", "128m", "--aof-segment-size", "64m", "--checkpointdir", data];
}
