using System.Reflection;
using PublicApiGenerator;

namespace FunctionApp.Tests.Architecture;

/// <summary>What others compile against changes only on purpose: the text is committed, and read in review.</summary>
internal static class PublicApi
{
    public static void AssertIsCommitted(string library)
    {
        var api = Assembly.Load(library).GeneratePublicApi(new() { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Repository.Root, library, "PublicApi.txt");
        if (File.Exists(file) && File.ReadAllText(file) == api)
            return;
        File.WriteAllText(file + ".new", api);
        Assert.Fail($"The public API of {library} has changed. If that is meant: mv {library}/PublicApi.txt.new {library}/PublicApi.txt");
    }
}
