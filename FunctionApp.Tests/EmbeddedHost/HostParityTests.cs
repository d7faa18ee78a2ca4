using System.Text.RegularExpressions;

namespace FunctionApp.Tests.EmbeddedHost;

/// <summary>docs/host-parity.md: each row says whether the hosts differ, and names tests that there are.</summary>
public sealed partial class HostParityTests
{
    private static readonly string[] Columns = ["behaviour", "stock Functions host", "embedded host", "difference", "test"];

    private static readonly string[][] Rows = [.. Repository.Read("docs/host-parity.md").Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray())];

    [Fact]
    public void Document_EachTestNamed_Exists()
    {
        var tests = typeof(HostParityTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Where(m => m.IsDefined(typeof(FactAttribute), inherit: true)).Select(m => $"{t.Name}.{m.Name}"))
            .ToHashSet();

        var named = Behaviours().Select(row => TestName().Matches(row[^1]).Select(m => m.Groups[1].Value).ToArray()).ToArray();

        Assert.All(named, Assert.NotEmpty);
        Assert.Empty(named.SelectMany(n => n).Except(tests));
    }

    [Fact]
    public void Document_EachRow_SaysAllThatItsColumnsAsk()
    {
        Assert.All(Rows, row => Assert.Equal(Columns.Length, row.Length));
        Assert.All(Behaviours(), row => Assert.All(row, Assert.NotEmpty));
        // A cell that gives no word but this one says nothing of a difference, and one that gives it beside others says both.
        Assert.All(Behaviours(), row => Assert.True(row[3] == "none" || !row[3].StartsWith("none", StringComparison.Ordinal), $"'{row[0]}' has the difference '{row[3]}'."));
        Assert.All(Behaviours().Where(row => row[1] == row[2]), row => Assert.Equal("none", row[3]));
    }

    [Fact]
    public void Document_Behaviours_AreEachSaidOnce() => Assert.Equal(Behaviours().Select(row => row[0]).Distinct(), Behaviours().Select(row => row[0]));

    [Theory]
    [InlineData("routing")]
    [InlineData("keys")]
    [InlineData("binding")]
    [InlineData("encoding")]
    [InlineData("scopes")]
    [InlineData("middleware")]
    [InlineData("batch size and threshold")]
    [InlineData("polling")]
    [InlineData("polling: wake-up after an own enqueue")]
    [InlineData("lease")]
    [InlineData("failure delay")]
    [InlineData("poison")]
    [InlineData("timers")]
    [InlineData("drain: order")]
    [InlineData("drain: seconds")]
    [InlineData("timeout")]
    [InlineData("admin endpoints")]
    [InlineData("admin endpoints: `POST /admin/functions/{name}`")]
    [InlineData("logging: levels")]
    [InlineData("logging: categories")]
    [InlineData("logging: outside an invocation")]
    [InlineData("settings: precedence")]
    [InlineData("environment name")]
    [InlineData("`%Setting%`")]
    [InlineData("disabled functions")]
    [InlineData("cancellation")]
    [InlineData("limits: body")]
    public void Document_Behaviour_IsCovered(string behaviour) => Assert.Contains(Behaviours(), row => row[0].StartsWith(behaviour, StringComparison.Ordinal));

    private static IEnumerable<string[]> Behaviours() => Rows.Where(row => !row.SequenceEqual(Columns));

    [GeneratedRegex("`([A-Za-z]+Tests\\.[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
