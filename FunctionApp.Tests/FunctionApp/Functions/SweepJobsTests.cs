using System.Net;
using System.Net.Http.Headers;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class SweepJobsTests(RealServers servers)
{
    [Fact]
    public async Task Sweep_ByTheTimerFunction_RingsTheJobsOfADeadWorker()
    {
        // No sweep of its own within the test: only the timer function looks.
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["Lovage:SweepInterval"] = "00:05:00" });
        var (id, store) = (JobId.New(TimeProvider.System), app.Services.GetRequiredService<IJobStore>());
        var job = new JobEnvelope { Id = id, Name = "math.add", Arguments = """{"x":2,"y":3}"""u8.ToArray() };
        await store.CreateAsync([job], CancellationToken.None);
        var (dead, connection) = (WorkerId.New(), app.Services.GetRequiredService<RedisConnection>());
        RedisKeys keys = connection.Keys;
        await connection.CallAsync(
            db => db.ScriptEvaluateAsync(RedisScripts.Acquire, [keys.Lease(dead), keys.Workers, keys.Epoch], [dead.Value, 60_000, "epoch"]), CancellationToken.None);
        Assert.IsType<ClaimAnswer.Run>((await store.ClaimAsync(dead, [job], alone: false, CancellationToken.None))[0]);
        await connection.CallAsync(db => db.KeyDeleteAsync(keys.Lease(dead)), CancellationToken.None);

        using var input = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using var asked = await app.Http.PostAsync(new Uri("admin/functions/SweepJobs", UriKind.Relative), input);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var end = await app.EndOfAsync(new Uri(app.Http.BaseAddress!, $"api/jobs/{id}"));
        Assert.Equal(("succeeded", 1), (end.GetProperty("state").GetString(), end.GetProperty("attempt").GetInt32()));
    }
}
