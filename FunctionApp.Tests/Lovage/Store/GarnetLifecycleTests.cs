namespace FunctionApp.Tests.Lovage.Store;

public sealed class GarnetLifecycleTests(RealServers servers) : LifecycleContract
{
    protected override Task<string> ServerAsync() => servers.GarnetAsync();
}
