using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class HealthTests(RealServers servers)
{
    [Fact]
    public async Task Get_BothAnswer_Is200()
    {
        await using var app = await App.StartAsync(servers);
        using var response = await app.Http.GetAsync(new Uri("api/health", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "{\"status\":\"healthy\",\"store\":\"ok\",\"queue\":\"ok\"}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("Redis", "127.0.0.1:1,connectTimeout=200,connectRetry=0", "store", "queue")]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1", "queue", "store")]
    public async Task Get_OneIsDown_Is503AndNamesIt(string setting, string value, string down, string up)
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { [setting] = value });
        using var response = await app.Http.GetAsync(new Uri("api/health", UriKind.Relative));
        var report = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy", "ok"), (
            response.StatusCode, report.GetProperty("status").GetString(), report.GetProperty(up).GetString()));
        Assert.Contains("is unavailable", report.GetProperty(down).GetString(), StringComparison.Ordinal);
    }
}
