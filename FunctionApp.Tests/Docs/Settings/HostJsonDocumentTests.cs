using System.Globalization;
using EmbeddedHost.Configuration;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Tests.Docs.Settings;

/// <summary>What docs/configuration.md says of host.json is what the embedded host makes of it.</summary>
public sealed class HostJsonDocumentTests
{
    /// <summary>What the embedded host heeds, with what it makes of it.</summary>
    private static readonly Dictionary<string, Func<HostSettings, object?>> Heeded = new()
    {
        ["extensions.queues.batchSize"] = settings => settings.Queues.BatchSize,
        ["extensions.queues.newBatchThreshold"] = settings => settings.Queues.NewBatchThreshold,
        ["extensions.queues.maxPollingInterval"] = settings => settings.Queues.MaxPollingInterval,
        ["extensions.queues.visibilityTimeout"] = settings => settings.Queues.VisibilityTimeout,
        ["extensions.queues.maxDequeueCount"] = settings => settings.Queues.MaxDequeueCount,
        ["extensions.queues.messageEncoding"] = settings => $"{settings.Queues.MessageEncoding}".ToLowerInvariant(),
        ["extensions.http.routePrefix"] = settings => settings.RoutePrefix,
        ["functionTimeout"] = settings => settings.FunctionTimeout,
    };

    // How many processors there are, the document cannot say.
    private static readonly string[] DefaultInWords = ["extensions.queues.newBatchThreshold"];

    // Read for the log alone, which has levels of .NET's own; and what only holds others.
    private static readonly string[] Besides = ["logging", "extensions"];

    [Fact]
    public void Rows_AreTheKeysThatTheHostKnows() => Assert.Equal(HostJsonKeys.All.Order(), DocumentedSetting.HostJson.SelectMany(row => row.Names).Order());

    [Fact]
    public void Rows_OfBothHosts_AreWhatTheEmbeddedHostHeeds() =>
        Assert.Equal(Heeded.Keys.Concat(Besides).Order(), DocumentedSetting.HostJson.Where(row => row.Cells["host"] == "both").SelectMany(row => row.Names).Order());

    [Fact]
    public void Rows_Defaults_AreThoseOfAnEmptyFile()
    {
        var settings = Read([], out var problem);
        Assert.Null(problem);
        Assert.Empty(
            from heeded in Heeded
            where !DefaultInWords.Contains(heeded.Key)
            let written = Row(heeded.Key).Default.Trim('`')
            let expected = Convert.ToString(heeded.Value(settings!), CultureInfo.InvariantCulture)
            where written != expected
            select $"{heeded.Key} is {expected}; the document says {written}");
        Assert.Equal("half of `batchSize` for each core", Row(DefaultInWords[0]).Default);
        Assert.Equal(settings!.Queues.BatchSize / 2 * Environment.ProcessorCount, settings.Queues.NewBatchThreshold);
    }

    [Fact]
    public void Rows_Ranges_AreThoseThatAreChecked()
    {
        var checkedRows = 0;
        foreach (var (path, read) in Heeded)
        {
            var type = read(Read([], out _)!)!.GetType();
            if (type == typeof(string) || RangeText.Parse(Row(path).Range, type) is not { } range)
                continue;

            checkedRows++;
            Assert.Equal(range.From, Override(path, range.From));
            Assert.Null(Override(path, RangeText.Beside(range.From, -1)));
            if (range.To is not { } last)
                continue;
            Assert.Equal(last, Override(path, last));
            Assert.Null(Override(path, RangeText.Beside(last, 1)));
        }

        // All but the encoding and the prefix.
        Assert.Equal(Heeded.Count - 2, checkedRows);
    }

    [Fact]
    public void Rows_Here_IsWhatTheFileSays()
    {
        var file = HostJson.Read(Repository.Root);
        var none = new ConfigurationManager();
        Assert.Equal(
            file.Paths.Select(path => (path.Replace(":logLevel:default", "", StringComparison.Ordinal).Replace(':', '.'), file.Find(path, none)!.Value.Text)).Order(),
            DocumentedSetting.HostJson.Where(row => row.Cells["here"].Length > 0).Select(row => (row.Name, row.Cells["here"].Trim('`'))).Order());
    }

    [Fact]
    public void Document_Override_IsHeeded()
    {
        const string Example = "AzureFunctionsJobHost__extensions__queues__batchSize=5";
        Assert.Contains(Example, Repository.Read("docs/configuration.md"), StringComparison.Ordinal);
        var (name, value) = (Example.Split('=')[0].Replace("__", ":", StringComparison.Ordinal), Example.Split('=')[1]);

        Assert.Equal(5, Read(new() { [name] = value }, out _)!.Queues.BatchSize);
    }

    private static DocumentedSetting Row(string path) => DocumentedSetting.HostJson.Single(row => row.Names.Contains(path));

    // Null if the host refuses it.
    private static object? Override(string path, object value)
    {
        var settings = Read(new() { [$"{HostJson.OverrideSection}:{path.Replace('.', ':')}"] = Convert.ToString(value, CultureInfo.InvariantCulture) }, out var problem);
        return problem is null ? Heeded[path](settings!) : null;
    }

    private static HostSettings? Read(Dictionary<string, string?> overrides, out Exception? problem)
    {
        var folder = Directory.CreateTempSubdirectory("host-json-");
        File.WriteAllText(Path.Combine(folder.FullName, HostJson.FileName), "{}");
        var file = HostJson.Read(folder.FullName);
        folder.Delete(recursive: true);
        var problems = new Problems();
        var settings = HostSettings.Read(new HostJsonReader(file, new ConfigurationBuilder().AddInMemoryCollection(overrides).Build(), problems));
        problem = Record.Exception(problems.ThrowIfAny);
        return settings;
    }
}
