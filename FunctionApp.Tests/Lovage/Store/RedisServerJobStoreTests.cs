namespace FunctionApp.Tests.Lovage.Store;

public sealed class RedisServerJobStoreTests(RealServers servers) : JobStoreContract
{
    protected override Task<string> ServerAsync() => servers.RedisServerAsync();
}
