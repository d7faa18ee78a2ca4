using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FunctionApp.Tests.LocalServers;
using LocalServers.Processes;

namespace FunctionApp.Tests.FunctionApp.OpenApi;

/// <summary>A public validator from npm, installed once from the lock file beside it: <c>Checks/check.mjs</c> runs it.</summary>
internal static class OpenApiCheck
{
    private const string Folder = "FunctionApp.Tests/FunctionApp/OpenApi/Checks";

    private static readonly string[] Files = ["package.json", "package-lock.json", ".npmrc", "check.mjs"];

    private static readonly ProgramSearch Programs = new(null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Asserts that the document is valid, and that each value fits the schema at its place in the document, or does not where it should not.</summary>
    public static async Task AssertAsync(RealServers servers, JsonNode document, params IEnumerable<CheckedValue> values)
    {
        var (node, folder) = await InstallAsync();
        var file = Path.Combine(servers.NewFolder(), "input.json");
        var input = new JsonObject
        {
            ["document"] = document.DeepClone(),
            ["values"] = new JsonArray([.. values.Select(value => new JsonObject
            {
                ["name"] = value.Name, ["schema"] = value.Schema, ["value"] = value.Value?.DeepClone(), ["fits"] = value.Fits,
            })]),
        };
        await File.WriteAllTextAsync(file, input.ToJsonString(), Cancellation);
        var run = await ProgramRun.ToEndAsync(Programs, node, folder, ["check.mjs", file], Cancellation);
        Assert.True(run.ExitCode == 0, run.Output);
        TestContext.Current.TestOutputHelper?.WriteLine(run.Output);
    }

    private static async Task<(string Node, string Folder)> InstallAsync()
    {
        if (Programs.Find("node") is not { } node || Programs.Find("npm") is not { } npm)
        {
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail("CI is set, and there is no node or npm on the PATH.");
            Assert.Skip("There is no node or npm on the PATH.");
            throw new InvalidOperationException();
        }
        var contents = Files.Select(name => Repository.Read($"{Folder}/{name}")).ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(contents))))[..12];
        var target = Path.Combine(Directory.CreateDirectory(RunFolder.SharedNpm).FullName, $"openapi-checks-{hash}");
        using (await FileLock.EnterAsync(target + ".lock", () => { }, TimeProvider.System, Cancellation))
        {
            if (Directory.Exists(target)) return (node, target);
            var draft = target + ".installing";
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
            Directory.CreateDirectory(draft);
            foreach (var (name, content) in Files.Zip(contents)) await File.WriteAllTextAsync(Path.Combine(draft, name), content, Cancellation);
            // The packages' scripts would be code from the network that runs at once; these need none.
            var run = await ProgramRun.ToEndAsync(Programs, npm, draft, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], Cancellation);
            Assert.True(run.ExitCode == 0, run.Output);
            Directory.Move(draft, target);
        }
        return (node, target);
    }
}
