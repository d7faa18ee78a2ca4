using System.Text.RegularExpressions;
using FunctionApp.Tests.Lovage;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Docs;

public sealed class OnceDocumentTests(RealServers servers)
{
    [Fact]
    public void OnceOnly_CSharp_IsWhatTheTestsCompile()
    {
        var compiled = Repository.Read("FunctionApp.Tests/Docs/OnceSamples.cs");
        var samples = Regex.Matches(Repository.Read("docs/once-only.md"), "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.Equal(2, samples.Count);
        Assert.All(samples, sample => Assert.Contains(sample.Groups[1].Value.Trim(), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnceOnly_Samples_MakeOneJobAndOneMail()
    {
        var mailer = new Mailer();
        await using var engine = new Engine(servers.RedisConnectionString, add: services => services.AddSingleton<IReceiptMail>(mailer), jobs: typeof(ReceiptJobs));
        var id = await ReceiptCaller.CallAsync(engine.Client);
        Assert.Equal(id, await ReceiptCaller.CallAsync(engine.Client));
        await engine.ProcessNextAsync();
        await engine.ProcessNextAsync();
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(id)).State);
        Assert.Equal("Receipt 17", Assert.Single(mailer.Sent));
    }

    private sealed class Mailer : IReceiptMail
    {
        public List<string> Sent { get; } = [];

        public Task<string> SendAsync(string subject)
        {
            Sent.Add(subject);
            return Task.FromResult($"mail {Sent.Count}");
        }
    }
}
