using EmbeddedHost.Queues;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Tests.EmbeddedHost.Queues;

public sealed class StorageConnectionsTests
{
    [Theory]
    [InlineData("AzureWebJobsOther", "Other", "ConnectionStrings:Other")]
    [InlineData("Other", "ConnectionStrings:Other")]
    [InlineData("ConnectionStrings:Other")]
    public void Open_SettingInSeveralPlaces_TakesTheFirst(params string[] places)
    {
        var values = places.Select((place, i) => KeyValuePair.Create(place, (string?)Account(i)));
        var connections = new StorageConnections(new ConfigurationBuilder().AddInMemoryCollection(values).Build());

        Assert.Null(connections.Check("Other"));
        Assert.Equal("account0", connections.Open("abc", "Other").AccountName);
    }

    private static string Account(int number) =>
        $"DefaultEndpointsProtocol=http;AccountName=account{number};AccountKey=AAAA;QueueEndpoint=http://127.0.0.1:1/account{number};";
}
