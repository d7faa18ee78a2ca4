using System.Reflection;
using PublicApiGenerator;

namespace FunctionApp.Tests.Architecture;

/// <summary>What others compile against changes only on purpose: the text is committed, and read in review.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Lovage")]
    public void PublicApi_IsTheCommittedOne(string library)
    {
        var api = Assembly.Load(library).GeneratePublicApi(new() { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        var file = Path.Combine(Repository.Root, library, "PublicApi.txt");
        var committed = File.Exists(file) ? File.ReadAllText(file) : "";
        if (api.TrimEnd() != committed.TrimEnd())
            File.WriteAllText(file + ".new", api.TrimEnd() + "\n");
        Assert.True(api.TrimEnd() == committed.TrimEnd(), $"The public API of {library} has changed. If that is meant: mv {library}/PublicApi.txt.new {library}/PublicApi.txt");
    }
}
