using System.Text.RegularExpressions;

namespace FunctionApp.Tests.EmbeddedHost;

public sealed partial class HostParityTests
{
    [Fact]
    public void Document_EachTestNamed_Exists()
    {
        var tests = typeof(HostParityTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Where(m => m.IsDefined(typeof(FactAttribute), inherit: true)).Select(m => $"{t.Name}.{m.Name}"))
            .ToHashSet();

        var rows = Repository.Read("docs/host-parity.md").Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| behaviour", StringComparison.Ordinal)).ToArray();
        var named = rows.Select(r => TestName().Matches(r.Split('|')[^2]).Select(m => m.Groups[1].Value).ToArray()).ToArray();

        Assert.NotEmpty(rows);
        Assert.All(named, Assert.NotEmpty);
        Assert.Subset(tests, named.SelectMany(n => n).ToHashSet());
    }

    [GeneratedRegex("`([A-Za-z]+Tests\\.[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
