using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Workers;

namespace FunctionApp.Tests.Guarantees;

/// <summary>
/// The process that takes registrations dies by SIGKILL, again and again, after it has committed an account and before its mail is enqueued, or after that and before
/// it has noted so. Another process sends the mails. Whoever was registered gets one mail.
/// </summary>
public sealed class RegistrationKillTests(RealServers servers)
{
    private const int Registrations = 200;
    private const int AtOnce = 4;
    private const int Deaths = 6;

    private readonly Lock gate = new();
    private readonly HashSet<string> accepted = [];
    private readonly HashSet<string> unanswered = [];

    [Fact]
    public async Task Kill_BetweenCommitAndRelay_200RegistrationsSend200Mails()
    {
        var settings = AppSettings.Shared(servers).Hurried()
            .With("Lovage__Outbox__Interval", "00:00:01")
            .With("Accounts__RequestsPerAddress", "100000")
            .With("PublicUrl", "http://localhost:7071/api");
        var (worker, reader) = await AppProcess.StartAndListenAsync(settings);
        await using var _ = worker;
        using (reader)
        {
            for (var life = 0; accepted.Count < Registrations; life++)
            {
                var point = life % 2 == 0 ? DeathPoint.Committed : DeathPoint.Relayed;
                var own = settings.With("AzureWebJobs.ProcessJobs.Disabled", "true");
                await LiveAsync(life < Deaths ? own.WithWorkerJobs().With(WorkerHook.DieAt, $"{point}:5") : own.WithWorkerJobs());
            }
            var mails = await MailsAsync(reader);
            Assert.All(accepted, person => Assert.Equal(1, mails.GetValueOrDefault(person)));
            // Who had no answer may have an account or not.
            Assert.All(unanswered, person => Assert.InRange(mails.GetValueOrDefault(person), 0, 1));
            TestContext.Current.TestOutputHelper!.WriteLine($"{accepted.Count} accepted, {unanswered.Count} cut off, {mails.Values.Sum()} mails.");
            Assert.True(unanswered.Count >= Deaths);
        }
    }

    // Registers people until the process dies, or there are enough.
    private async Task LiveAsync(AppSettings settings)
    {
        var (process, client) = await AppProcess.StartAndListenAsync(settings);
        await using var _ = process;
        using var http = new HttpClient { BaseAddress = client.Address };
        client.Dispose();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (accepted.Count < Registrations && await RegisterAsync(http, $"{Guid.NewGuid():N}@example.com"))
            {
            }
        }));
    }

    private async Task<bool> RegisterAsync(HttpClient http, string person)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri("api/account/register", UriKind.Relative), new { name = "Ada", email = person, password = "correct horse battery" });
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            lock (gate)
                accepted.Add(person);
            return true;
        }
        catch (HttpRequestException)
        {
            lock (gate)
                unanswered.Add(person);
            return false;
        }
    }

    // As soon as everyone accepted has a mail, and no job is on its way any more.
    private async Task<Dictionary<string, int>> MailsAsync(AppClient reader)
    {
        using var http = new HttpClient { BaseAddress = reader.Address };
        using var limit = new CancellationTokenSource(2 * Limits.Signal);
        while (true)
        {
            var open = 0;
            foreach (var state in (string[])["queued", "running", "scheduled"])
                open += (await http.GetFromJsonAsync<JsonElement>(new Uri($"api/jobs?state={state}", UriKind.Relative), limit.Token)).GetProperty("jobs").GetArrayLength();
            var listed = await http.GetFromJsonAsync<JsonElement>(new Uri("mailbox/api/mails", UriKind.Relative), limit.Token);
            var mails = listed.EnumerateArray().GroupBy(mail => mail.GetProperty("to").GetString()!).ToDictionary(to => to.Key, to => to.Count());
            if (open == 0 && accepted.All(mails.ContainsKey))
                return mails;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
        }
    }
}
