namespace FunctionApp.Tests.Lovage.Store;

public sealed class RedisServerLifecycleTests(RealServers servers) : LifecycleContract
{
    protected override Task<string> ServerAsync() => servers.RedisServerAsync();
}
