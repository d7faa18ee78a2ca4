using System.Globalization;
using LocalServers.Processes;
using LocalServers.Reporting;

namespace LocalServers.Azurite;

/// <summary>Azurite as an npm package, installed once from the lock file that is part of this assembly.</summary>
internal sealed class AzuritePackage(ServerFolder folder, ServerReport report, LocalServerOptions options)
{
    /// <summary>As in <c>Package/package.json</c>; a test compares them.</summary>
    public const string Version = "3.37.0";

    public const string WaysOut =
        "Ways out: install Node.js 20 or later; or run 'docker compose -f azurite.yml up'; "
        + "or set AzureWebJobsStorage to the connection string of a real storage account.";

    private const int OldestNode = 20;
    private static readonly string[] Files = ["package.json", "package-lock.json", ".npmrc"];

    // The package's scripts would be code from the network that runs at once; Azurite needs none of them.
    private static readonly string[] Install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

    private readonly ProgramSearch programs = new(options.SearchPath);

    /// <summary>Installs it where it is not yet.</summary>
    /// <returns>The node to run it with, and the script to run.</returns>
    public async Task<(string Node, string Script)> InstallAsync(CancellationToken cancellationToken)
    {
        var node = await FindNodeAsync(cancellationToken);
        var target = Path.Combine(folder.Npm(), $"azurite-{Version}");
        // Two runs may need it at once. What has its final name is complete: an install that was interrupted never got it.
        using (await FileLock.EnterAsync(target + ".lock", SayWaiting, options.Clock, cancellationToken))
        {
            if (!Directory.Exists(target)) await InstallAsync(target, cancellationToken);
        }

        return (node, Path.Combine(target, "node_modules", "azurite", "dist", "src", "azurite.js"));
    }

    private async Task InstallAsync(string target, CancellationToken cancellationToken)
    {
        var npm = programs.Find("npm")
            ?? throw new LocalServerException($"Azurite {Version} is installed by npm, and there is no npm on the PATH. {WaysOut}");
        var draft = target + ".installing";
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        foreach (var name in Files) Unpack(name, Path.Combine(draft, name));

        var began = options.Clock.GetTimestamp();
        var run = ProgramRun.ToEndAsync(programs, npm, draft, Install, cancellationToken);
        while (!run.IsCompleted)
        {
            report.Count("Azurite", $"{Version} is being installed from npm, once …", options.Clock.GetElapsedTime(began));
            await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1), options.Clock, CancellationToken.None));
        }

        report.EndCount("Azurite");
        var result = await run;
        if (result.ExitCode != 0)
            throw new LocalServerException(
                string.Join(Environment.NewLine, $"Azurite {Version} could not be installed: npm ended with {result.ExitCode}.", result.LastLines, WaysOut));
        Directory.Move(draft, target);
        report.Line("Azurite", $"{Version} installed in {options.Clock.GetElapsedTime(began).TotalSeconds:0} s, in {ServerFolder.Shown(target)}");
    }

    private void SayWaiting() => report.Line("Azurite", "is being installed by another run; waiting for it");

    private async Task<string> FindNodeAsync(CancellationToken cancellationToken)
    {
        var node = programs.Find("node") ?? throw new LocalServerException($"Azurite {Version} needs Node.js, and there is no node on the PATH. {WaysOut}");
        var run = await ProgramRun.ToEndAsync(programs, node, folder.Npm(), ["--version"], cancellationToken);
        var version = run.Output.Trim();
        if (int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, null, out var major) && major >= OldestNode) return node;
        throw new LocalServerException($"Azurite {Version} needs Node.js {OldestNode} or later; {node} is '{version}'. {WaysOut}");
    }

    private static void Unpack(string name, string path)
    {
        using var resource = typeof(AzuritePackage).Assembly.GetManifestResourceStream(name)!;
        using var file = File.Create(path);
        resource.CopyTo(file);
    }
}
