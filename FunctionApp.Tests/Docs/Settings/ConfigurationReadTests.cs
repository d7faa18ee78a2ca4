namespace FunctionApp.Tests.Docs.Settings;

/// <summary>docs/configuration.md has a row for each key that the sources read, and no other, and says which host reads it.</summary>
public sealed class ConfigurationReadTests
{
    /// <summary>Files that read keys which they are given, or put together, and what becomes of them.</summary>
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["EmbeddedHost/Catalog/DisabledFunctions.cs"] = "AzureWebJobs.<function>.Disabled",
        ["EmbeddedHost/Configuration/HostJson.cs"] = "keys of host.json",
        ["EmbeddedHost/Configuration/SettingNames.cs"] = "%names% in attributes",
        ["EmbeddedHost/Queues/StorageConnections.cs"] = "connections that attributes name; without a name AzureWebJobsStorage",
        ["FunctionApp/Configuration/EffectiveConcurrency.cs"] = "what its callers give",
        ["FunctionApp/Hosting/Embedded/AppServers.cs"] = "what its callers give",
    };

    /// <summary>Rows of what the hosts read themselves, on both or on the stock one alone.</summary>
    private static readonly string[] ReadByHosts = ["AzureWebJobs.<function>.Disabled", "FUNCTIONS_WORKER_RUNTIME"];

    /// <summary>The stock host's worker reads it too, in code that is not ours.</summary>
    private static readonly string[] ReadByTheOfficialWorker = ["AZURE_FUNCTIONS_ENVIRONMENT"];

    [Fact]
    public void Files_ThatReadAKeyByAVariable_AreThoseThatAreKnown() => Assert.Equal(
        Variables.Keys.Order(),
        ConfigurationRead.All.Where(read => read.Key.Contains(ConfigurationRead.Variable, StringComparison.Ordinal)).Select(read => read.File).Distinct().Order());

    [Fact]
    public void Keys_ThatAreRead_HaveARow() => Assert.Empty(
        from read in Reads()
        where !RowsOf(read).Any()
        select $"{read.Key} ({read.File})");

    [Fact]
    public void Rows_AreEachReadSomewhere()
    {
        // What is bound reaches the properties of its class, and no other row that begins so.
        var read = Reads().Where(read => !read.Binds).SelectMany(RowsOf).Select(row => row.Name);
        var bound = OptionsClass.All.Where(options => options.Section is not null).SelectMany(options => options.Properties.Select(options.Setting));
        Assert.Empty(DocumentedSetting.Settings.SelectMany(row => row.Names).Except([.. read, .. bound, .. ReadByHosts]));
    }

    [Fact]
    public void Rows_Host_IsTheOneWhoseCodeReadsIt()
    {
        var bound = OptionsClass.All.Where(options => options.Section is not null).SelectMany(options => options.Properties.Select(options.Setting)).ToHashSet();
        var readers = Reads().SelectMany(read => RowsOf(read).Select(row => (row.Name, Host: HostOf(read.File)))).ToLookup(read => read.Name, read => read.Host);
        Assert.Empty(
            from row in DocumentedSetting.Settings
            where !ReadByHosts.Contains(row.Name)
            let hosts = readers[row.Name].Distinct().ToArray()
            let expected = bound.Contains(row.Name) || ReadByTheOfficialWorker.Contains(row.Name) || hosts.Length != 1 ? "both" : hosts[0]
            where row.Cells["host"] != expected
            select $"{row.Name} is read by {expected}; the document says {row.Cells["host"]}");
    }

    [Fact]
    public void Rows_Host_IsOneOfThree() => Assert.All(
        DocumentedSetting.Settings.Concat(DocumentedSetting.HostJson), row => Assert.Contains(row.Cells["host"], (string[])["both", "embedded", "Azure"]));

    private static IEnumerable<ConfigurationRead> Reads() => ConfigurationRead.All.Where(read => !read.Key.Contains(ConfigurationRead.Variable, StringComparison.Ordinal));

    // A section's rows begin with its name; a key of host.json may be said by what it is a part of.
    private static IEnumerable<DocumentedSetting> RowsOf(ConfigurationRead read) => read.Key.StartsWith(ConfigurationRead.HostJson, StringComparison.Ordinal)
        ? DocumentedSetting.HostJson.Where(row => row.Names.Any(name => $"{read.Key[ConfigurationRead.HostJson.Length..].Replace(':', '.')}.".StartsWith($"{name}.", StringComparison.Ordinal)))
        : DocumentedSetting.Settings.Where(row => row.Names.Any(name => name == read.Key || name.StartsWith($"{read.Key}:", StringComparison.Ordinal)));

    private static string HostOf(string file) =>
        file.StartsWith("EmbeddedHost/", StringComparison.Ordinal) || file.StartsWith("LocalServers/", StringComparison.Ordinal) || file.StartsWith("FunctionApp/Hosting/Embedded/", StringComparison.Ordinal) ? "embedded"
        : file.StartsWith("FunctionApp/Hosting/Azure/", StringComparison.Ordinal) ? "Azure"
        : "both";
}
