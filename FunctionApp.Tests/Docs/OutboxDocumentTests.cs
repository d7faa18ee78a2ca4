using System.Text;
using System.Text.RegularExpressions;
using Lovage;
using Lovage.EntityFrameworkCore;
using Lovage.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Docs;

/// <summary>What docs/outbox.md shows compiles and runs: here without servers, as docs/testing.md has it.</summary>
public sealed partial class OutboxDocumentTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void CSharp_IsWhatTheTestsRun()
    {
        var compiled = Repository.Read("FunctionApp.Tests/Docs/OutboxSamples.cs");
        var here = Repository.Read("FunctionApp.Tests/Docs/OutboxDocumentTests.cs");
        var samples = Sample().Matches(Repository.Read("docs/outbox.md")).Select(match => match.Groups[1].Value.Trim()).ToArray();
        Assert.Equal(3, samples.Length);
        Assert.Contains(samples[0], compiled, StringComparison.Ordinal);
        Assert.All(samples[1].Split('\n'), line => Assert.Contains(line, here, StringComparison.Ordinal));
        Assert.Contains(samples[2], compiled, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlaceOrder_RunsAsShown()
    {
        var folder = servers.NewFolder();
        var services = new ServiceCollection();
        var lovage = services.AddLogging().AddLovage().AddJobs<OrderJobs>().RunEagerly();
        services.AddDbContext<OrdersDb>(options => options.UseSqlite("Data Source=orders.db"));
        lovage.AddOutbox<OrdersDb>();
        services.AddScoped<PlaceOrder>();
        services.ConfigureDbContext<OrdersDb>(options => options.UseSqlite($"Data Source={Path.Combine(folder, "orders.db")}"));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDb>();
        await db.Database.EnsureCreatedAsync(Cancellation);

        var mail = await scope.ServiceProvider.GetRequiredService<PlaceOrder>().RunAsync("Contoso", Cancellation);
        Assert.Equal(1, await provider.GetRequiredService<JobOutboxRelay<OrdersDb>>().RelayAsync(Cancellation));
        var job = await provider.GetRequiredService<global::Lovage.Client.JobClient>().GetAsync(mail, Cancellation);
        Assert.Equal(JobState.Succeeded, job!.State);
        Assert.Contains($"{(await db.Orders.SingleAsync(Cancellation)).Id}", Encoding.UTF8.GetString(job.Result!.Value.Span), StringComparison.Ordinal);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Sample();
}
