using System.Text.Json;
using LocalServers.Processes;
using LocalServers.Reporting;

namespace LocalServers.Redis;

/// <summary>
/// Finds the tool's assembly, which is then run by itself: <c>dotnet tool run</c> would keep a process of its own around it, and a signal would
/// reach only that one.
/// </summary>
internal sealed class GarnetTool(ProgramSearch programs, ServerReport report, TimeProvider clock)
{
    private const string Package = "garnet-server";

    public async Task<(string Dotnet, string Version, string Assembly)> RestoreAsync(CancellationToken cancellationToken)
    {
        var root = RepositoryRoot.Find();
        var dotnet = programs.Find("dotnet") ?? throw new LocalServerException($"Garnet needs dotnet, which is not on the PATH. {GarnetProgram.WaysOut}");
        var version = PinnedVersion(Path.Combine(root, RepositoryRoot.ToolManifest));
        var packages = await PackagesFolderAsync(dotnet, root, cancellationToken);
        var assembly = Path.Combine(packages, Package, version, "tools", "net10.0", "any", "GarnetServer.dll");
        // Two runs, or two tests of one, may need it at once, and the restore of one fails at the files of the other.
        Directory.CreateDirectory(packages);
        using var alone = await FileLock.EnterAsync(Path.Combine(packages, $"{Package}.lock"), SayWaiting, clock, cancellationToken);
        if (File.Exists(assembly)) return (dotnet, version, assembly);

        report.Line("Redis", $"Garnet {version} is being installed, once …");
        var restore = await ProgramRun.ToEndAsync(programs, dotnet, root, ["tool", "restore"], cancellationToken);
        if (restore.ExitCode == 0 && File.Exists(assembly)) return (dotnet, version, assembly);
        var what = $"Garnet {version} could not be installed: 'dotnet tool restore' ended with {restore.ExitCode}.";
        throw new LocalServerException(string.Join(Environment.NewLine, what, restore.LastLines, GarnetProgram.WaysOut));
    }

    private void SayWaiting() => report.Line("Redis", "is being installed by another run; waiting for it");

    private static string PinnedVersion(string manifest)
    {
        if (!File.Exists(manifest))
            throw new LocalServerException($"There is no {manifest}, which names the version of Garnet to use. {GarnetProgram.WaysOut}");
        using var json = JsonDocument.Parse(File.ReadAllText(manifest));
        return json.RootElement.GetProperty("tools").GetProperty(Package).GetProperty("version").GetString()!;
    }

    // "global-packages: /home/ann/.nuget/packages/"; it may be configured in several places, which only NuGet knows.
    private async Task<string> PackagesFolderAsync(string dotnet, string root, CancellationToken cancellationToken)
    {
        string[] question = ["nuget", "locals", "global-packages", "--list", "--force-english-output"];
        var run = await ProgramRun.ToEndAsync(programs, dotnet, root, question, cancellationToken);
        return run.Output[(run.Output.IndexOf(':') + 1)..].Trim();
    }
}
