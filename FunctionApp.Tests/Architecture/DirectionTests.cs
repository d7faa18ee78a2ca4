using System.Text.RegularExpressions;

namespace FunctionApp.Tests.Architecture;

/// <summary>Who may know whom.</summary>
public sealed partial class DirectionTests
{
    private static readonly string[] Projects = ["Lovage", "Lovage.EntityFrameworkCore", "EmbeddedHost", "LocalServers", "FunctionApp"];

    [Theory]
    [InlineData("Lovage", new[] { "Microsoft.AspNetCore", "Microsoft.Azure.Functions", "EmbeddedHost", "LocalServers", "FunctionApp" })]
    [InlineData("Lovage.EntityFrameworkCore", new[] { "Microsoft.AspNetCore", "Microsoft.Azure.Functions", "EmbeddedHost", "LocalServers", "FunctionApp" })]
    [InlineData("EmbeddedHost", new[] { "Lovage", "LocalServers", "FunctionApp", "StackExchange.Redis" })]
    [InlineData("LocalServers", new[] { "Lovage", "EmbeddedHost", "FunctionApp", "Azure", "StackExchange.Redis", "Microsoft" })]
    public void Project_DoesNotKnow(string project, string[] others) => Assert.Empty(
        from file in Repository.Sources(project)
        from used in Names(file)
        where others.Any(other => used == other || used.StartsWith(other + ".", StringComparison.Ordinal))
        select $"{file} uses {used}");

    [Theory]
    [InlineData("Azure.Storage.Queues", new[] { "Lovage/Queue/", "EmbeddedHost/Queues/" })]
    [InlineData("StackExchange.Redis", new[] { "Lovage/Store/Redis/" })]
    [InlineData("Microsoft.EntityFrameworkCore", new[] { "Lovage.EntityFrameworkCore/", "FunctionApp/Accounts/" })]
    [InlineData("EmbeddedHost", new[] { "EmbeddedHost/", "FunctionApp/Hosting/Embedded/" })]
    [InlineData("LocalServers", new[] { "LocalServers/", "FunctionApp/Hosting/Embedded/" })]
    public void Name_IsUsedOnlyIn(string name, string[] folders) => Assert.Empty(
        from file in Projects.SelectMany(Repository.Sources)
        where !folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))
        from used in Names(file)
        where used == name || used.StartsWith(name + ".", StringComparison.Ordinal)
        select $"{file} uses {used}");

    private static IEnumerable<string> Names(string file) => Using().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
