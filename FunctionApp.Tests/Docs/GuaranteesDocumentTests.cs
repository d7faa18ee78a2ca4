using System.Reflection;
using System.Text.RegularExpressions;

namespace FunctionApp.Tests.Docs;

public sealed partial class GuaranteesDocumentTests
{
    [Fact]
    public void EveryPromise_NamesTestsThatExist()
    {
        var tests = typeof(GuaranteesDocumentTests).Assembly.GetTypes()
            .Where(type => !type.IsAbstract)
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any()).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();
        var rows = Repository.Read("docs/guarantees.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var named = TestName().Matches(row.Split('|')[^2]).Select(match => match.Groups[1].Value).ToArray();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, tests));
        });
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();
}
