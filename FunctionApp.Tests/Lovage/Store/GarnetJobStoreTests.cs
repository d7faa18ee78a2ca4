namespace FunctionApp.Tests.Lovage.Store;

public sealed class GarnetJobStoreTests(RealServers servers) : JobStoreContract
{
    protected override Task<string> ServerAsync() => servers.GarnetAsync();
}
