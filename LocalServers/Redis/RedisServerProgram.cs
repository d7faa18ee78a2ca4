using System.Globalization;
using LocalServers.Processes;

namespace LocalServers.Redis;

/// <summary>redis-server as the system's package manager installs it.</summary>
internal sealed class RedisServerProgram(ProgramSearch programs, ServerFolder folder)
{
    /// <summary>The oldest that is used: the append-only file in parts, on which recovery here was measured, came with 7.</summary>
    public const int OldestVersion = 7;

    /// <summary>What was found on the PATH.</summary>
    public sealed record Found(string Path, string Version)
    {
        public bool IsUsable => int.TryParse(Version.Split('.')[0], NumberStyles.None, null, out var major) && major >= OldestVersion;

        public string Complaint => $"{Path} is version '{Version}'; {OldestVersion} or later is needed.";
    }

    public async Task<Found?> FindAsync(CancellationToken cancellationToken)
    {
        if (programs.Find("redis-server") is not { } path) return null;
        // "Redis server v=7.0.15 sha=00000000:0 …"
        var run = await ProgramRun.ToEndAsync(programs, path, folder.Root, ["--version"], cancellationToken);
        var version = run.Output.Split(' ').FirstOrDefault(word => word.StartsWith("v=", StringComparison.Ordinal));
        return new(path, version?[2..] ?? run.Output.Trim());
    }

    public ServerCommand Command(Found found, IReadOnlyList<string> hosts, int port, bool inMemory)
    {
        var data = inMemory ? null : folder.Data("redis");
        // A store of jobs must refuse to write rather than forget. With 'appendfsync no' each command is handed to the system before it is
        // acknowledged, so a killed server has lost nothing; the usual 'everysec' puts that off while an fsync is under way, and a kill cost
        // 500 of 200,000 jobs. What a crash of the whole machine costs is up to the system: this is a developer's server.
        string[] arguments =
        [
            "--bind", .. hosts, "--port", $"{port}", "--daemonize", "no", "--maxmemory-policy", "noeviction", "--save", "",
            .. data is null ? ["--appendonly", "no"] : new[] { "--appendonly", "yes", "--appendfsync", "no", "--dir", data },
        ];
        return new($"Redis {found.Version}", found.Path, arguments, data);
    }
}
