using System.Reflection;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Jobs;

public sealed class JobClassesTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<Assembly> Assemblies => [typeof(Composition).Assembly, typeof(JobClassesTests).Assembly];

    [Theory]
    [MemberData(nameof(Assemblies), DisableDiscoveryEnumeration = true)]
    public void Of_AnAssembly_FindsWhatReflectionWould(Assembly assembly)
    {
        var expected = assembly.GetTypes().Where(type => type.GetMethods(Declared).Any(method => method.IsDefined(typeof(JobAttribute), inherit: false))).ToArray();
        Assert.NotEmpty(expected);
        Assert.Equivalent(expected, JobClasses.Of(assembly), strict: true);
    }
}
