using System.Text.Json;
using FunctionApp.Tests.LocalServers.Processes;
using LocalServers;
using LocalServers.Azurite;
using LocalServers.Reporting;

namespace FunctionApp.Tests.LocalServers.Azurite;

public sealed class AzuritePackageTests(RealServers servers) : IDisposable
{
    private const string InstallsNothing = "mkdir -p node_modules; echo npm \"$@\" >> ../calls";

    private readonly string npmFolder = servers.NewFolder();
    private readonly StringWriter output = new();
    private readonly FakePrograms programs = new(servers.NewFolder());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(npmFolder, $"azurite-{AzuritePackage.Version}");

    public void Dispose() => output.Dispose();

    [Fact]
    public void Version_OfTheCode_IsTheOneInTheManifest()
    {
        using var manifest = typeof(AzuritePackage).Assembly.GetManifestResourceStream("package.json")!;

        Assert.Equal(AzuritePackage.Version, JsonDocument.Parse(manifest).RootElement.GetProperty("dependencies").GetProperty("azurite").GetString());
    }

    [Fact]
    public void LockFile_OfTheAssembly_NamesNoRegistry()
    {
        using var file = new StreamReader(typeof(AzuritePackage).Assembly.GetManifestResourceStream("package-lock.json")!);

        Assert.DoesNotContain("\"resolved\"", file.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_NoNode_NamesTheWaysOut()
    {
        var error = await Assert.ThrowsAsync<LocalServerException>(() => Package().InstallAsync(Cancellation));

        Assert.Equal($"Azurite 3.37.0 needs Node.js, and there is no node on the PATH. {AzuritePackage.WaysOut}", error.Message);
        Assert.Contains("docker compose -f azurite.yml up", error.Message, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_OldNode_SaysWhichIsNeeded()
    {
        programs.Add("node", "echo v18.20.4");

        var error = await Assert.ThrowsAsync<LocalServerException>(() => Package().InstallAsync(Cancellation));

        Assert.Contains("needs Node.js 20 or later", error.Message, StringComparison.Ordinal);
        Assert.Contains("'v18.20.4'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_NodeWithoutNpm_SaysSo()
    {
        programs.Add("node", "echo v22.1.0");

        var error = await Assert.ThrowsAsync<LocalServerException>(() => Package().InstallAsync(Cancellation));

        Assert.Contains("no npm on the PATH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_NpmFails_ShowsItsLastLinesAndLeavesNothingThatLooksComplete()
    {
        programs.Add("node", "echo v22.1.0");
        programs.Add("npm", "echo 'no route to the registry' >&2; exit 7");

        var error = await Assert.ThrowsAsync<LocalServerException>(() => Package().InstallAsync(Cancellation));

        Assert.Contains("npm ended with 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("no route to the registry", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task Install_EarlierOneWasInterrupted_IsDoneAgainFromTheStart()
    {
        programs.Add("node", "echo v22.1.0");
        programs.Add("npm", InstallsNothing);
        var half = Directory.CreateDirectory(Target + ".installing").FullName;
        await File.WriteAllTextAsync(Path.Combine(half, "half-a-file"), "", Cancellation);

        var (node, script) = await Package().InstallAsync(Cancellation);

        Assert.Equal(Path.Combine(programs.Folder, "node"), node);
        Assert.StartsWith(Target, script, StringComparison.Ordinal);
        var names = Directory.EnumerateFileSystemEntries(Target).Select(Path.GetFileName);
        Assert.Equal([".npmrc", "node_modules", "package-lock.json", "package.json"], names.Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(half));
        Assert.StartsWith("Azurite   3.37.0 is being installed from npm, once …", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_TwoAtOnce_OnlyOneInstalls()
    {
        programs.Add("node", "echo v22.1.0");
        programs.Add("npm", InstallsNothing);

        await Task.WhenAll(Package().InstallAsync(Cancellation), Package().InstallAsync(Cancellation));

        var call = Assert.Single(await File.ReadAllLinesAsync(Path.Combine(npmFolder, "calls"), Cancellation));
        Assert.StartsWith("npm ci --ignore-scripts", call, StringComparison.Ordinal);
    }

    private AzuritePackage Package() =>
        new(new ServerFolder(npmFolder, npmFolder), new ServerReport(TextWriter.Synchronized(output), isTerminal: false), programs.Options());
}
