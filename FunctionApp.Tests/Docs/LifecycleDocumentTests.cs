using System.Text.RegularExpressions;
using Lovage.Jobs;

namespace FunctionApp.Tests.Docs;

/// <summary>The document's tables are the code's.</summary>
public sealed partial class LifecycleDocumentTests
{
    private static readonly string Document = Repository.Read("docs/job-lifecycle.md");

    [Fact]
    public void Transitions_AreThoseOfTheTable()
    {
        var drawn = Transition().Matches(Document).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value.Replace(" ", "", StringComparison.Ordinal)} {m.Groups[3].Value}");
        var table = JobLifecycle.Transitions.Select(t => $"{t.Key.From} {t.Key.Event} {t.Value}");
        Assert.Equal(table.Order(StringComparer.OrdinalIgnoreCase), drawn.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void States_AreAllDescribed() => Assert.All(Enum.GetNames<JobState>(), AssertDescribed);

    [Fact]
    public void Reasons_AreAllDescribed() => Assert.All(Enum.GetNames<FailureReason>(), AssertDescribed);

    private static void AssertDescribed(string name) =>
        Assert.Matches($"(?im)^\\| `{name}` \\| ", Document);

    [GeneratedRegex(@"^\| `(\w+)` \| ([\w ]+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Transition();
}
