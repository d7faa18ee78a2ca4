using System.Text.Json;
using System.Text.RegularExpressions;
using FunctionApp.Tests.FunctionApp;
using Lovage.Jobs;
using Lovage.Processing;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Docs;

/// <summary>What the documents show is executed. README's first commands are typed in a fresh clone by .ci/readme.</summary>
public sealed partial class DocumentTests(RealServers servers)
{
    [Fact]
    public void Readme_CSharp_IsWhatTheTestsCompile()
    {
        var compiled = Repository.Read("FunctionApp.Tests/Docs/ReadmeSamples.cs");
        var samples = Blocks("README.md", "csharp").ToArray();
        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.Contains(sample.Trim(), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Testing_CSharp_IsWhatTheTestsRun()
    {
        var compiled = Repository.Read("FunctionApp.Tests/Docs/TestingSamples.cs");
        var samples = Blocks("docs/testing.md", "csharp").ToArray();
        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.Contains(sample.Trim(), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Readme_Job_RunsAsShown()
    {
        await using var app = await App.StartAsync(servers, configure: builder => builder.Services.AddJobsOf<ReportJobs>().AddSingleton<ReportCaller>());
        var id = await app.Services.GetRequiredService<ReportCaller>().CallAsync();
        var job = await app.EndOfAsync(new Uri(app.Http.BaseAddress!, $"api/jobs/{id}"));
        Assert.Equal(("succeeded", 2026), (job.GetProperty("state").GetString(), job.GetProperty("result").GetInt32()));
    }

    [Fact]
    public async Task Concurrency_Curl_IsAcceptedAndSucceeds()
    {
        await using var app = await App.StartAsync(servers);
        var (name, body) = Curl(Assert.Single(Blocks("docs/concurrency.md", "sh")));
        var job = await app.RunAsync(name, body.Replace("1,", "0.01,", StringComparison.Ordinal));
        Assert.Equal(("succeeded", 10), (job.GetProperty("state").GetString(), job.GetProperty("result").GetArrayLength()));
    }

    [Fact]
    public async Task MessageFormat_Sample_RunsAsAJob()
    {
        await using var app = await App.StartAsync(servers);
        var message = Assert.Single(Blocks("docs/message-format.md", "json"));
        await app.Services.GetRequiredService<JobProcessor>().ProcessAsync(message, TestContext.Current.CancellationToken);
        Assert.True(JobId.TryParse(JsonDocument.Parse(message).RootElement.GetProperty("jobs")[0].GetProperty("id").GetString(), out var id));
        Assert.Equal(JobState.Succeeded, (await app.GetAsync(id))!.State);
    }

    [Fact]
    public void EveryRelativeLink_LeadsSomewhere() => Assert.Empty(
        from file in Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
        from link in Link().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
        where !link.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, link))
        select $"{Path.GetRelativePath(Repository.Root, file)}: {link}");

    private static IEnumerable<string> Blocks(string document, string language) =>
        Regex.Matches(Repository.Read(document), $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(match => match.Groups[1].Value);

    private static (string Name, string Body) Curl(string command)
    {
        var match = CurlOfAJob().Match(command);
        Assert.True(match.Success, command);
        return (match.Groups[1].Value, match.Groups[2].Value);
    }

    [GeneratedRegex(@"curl .*localhost:7071/api/jobs/([\w.]+) .*-d '(.*)'")]
    private static partial Regex CurlOfAJob();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
