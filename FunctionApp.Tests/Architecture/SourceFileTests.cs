namespace FunctionApp.Tests.Architecture;

public sealed class SourceFileTests
{
    [Fact]
    public void EveryFile_HasNotOver300Lines() => Assert.Empty(
        from project in new[] { "Lovage", "Lovage.EntityFrameworkCore", "EmbeddedHost", "LocalServers", "FunctionApp", "FunctionApp.Tests", "benchmarks" }
        from file in Repository.Sources(project)
        let lines = Repository.Read(file).Count(c => c == '\n')
        where lines > 300
        select $"{file} has {lines} lines");
}
