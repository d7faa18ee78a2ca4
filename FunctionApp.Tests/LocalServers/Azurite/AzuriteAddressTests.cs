using LocalServers.Azurite;

namespace FunctionApp.Tests.LocalServers.Azurite;

public sealed class AzuriteAddressTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "127.0.0.1:10000-10001")]
    [InlineData("usedevelopmentstorage=True;", "127.0.0.1:10000-10001")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=a==;QueueEndpoint=http://127.0.0.1:7001/devstoreaccount1", "127.0.0.1:7001")]
    [InlineData("AccountName=devstoreaccount1;BlobEndpoint=http://localhost:7000/x;QueueEndpoint=http://localhost:7001/x", "127.0.0.1:7000-7001")]
    [InlineData("AccountName=devstoreaccount1;BlobEndpoint=http://127.0.0.1:9/x;QueueEndpoint=http://127.0.0.1:7001/x", "127.0.0.1:9 and 7001")]
    [InlineData("AccountName=devstoreaccount1;QueueEndpoint=http://[::1]:7001/x", "[::1]:7001")]
    public void Parse_EmulatorOnThisMachine_GivesItsAddress(string connectionString, string expected) =>
        Assert.Equal(expected, AzuriteAddress.Parse(connectionString)?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no connection string")]
    [InlineData("UseDevelopmentStorage=false")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://10.0.0.5")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=a==;EndpointSuffix=core.windows.net")]
    [InlineData("AccountName=contoso;QueueEndpoint=http://127.0.0.1:7001/contoso")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=a==")]
    [InlineData("AccountName=devstoreaccount1;QueueEndpoint=http://azurite:10001/devstoreaccount1")]
    [InlineData("AccountName=devstoreaccount1;QueueEndpoint=https://127.0.0.1:10001/devstoreaccount1")]
    public void Parse_AnythingElse_IsLeftAlone(string? connectionString) => Assert.Null(AzuriteAddress.Parse(connectionString));
}
