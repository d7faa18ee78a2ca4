using System.Reflection;
using EmbeddedHost.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Tests.EmbeddedHost.Catalog;

public sealed class FunctionClassesTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<Assembly> Assemblies => [typeof(Composition).Assembly, typeof(FunctionClassesTests).Assembly];

    [Theory]
    [MemberData(nameof(Assemblies), DisableDiscoveryEnumeration = true)]
    public void Of_AnAssembly_FindsWhatReflectionWould(Assembly assembly)
    {
        var expected = assembly.GetTypes().Where(type => type.GetMethods(Declared).Any(method => method.IsDefined(typeof(FunctionAttribute), inherit: false))).ToArray();
        Assert.NotEmpty(expected);
        Assert.Equivalent(expected, FunctionClasses.Of(assembly), strict: true);
    }
}
