namespace FunctionApp.Tests.Lovage.Processing;

public sealed class RedisServerContentionTests(RealServers servers) : ContentionContract
{
    protected override Task<string> ServerAsync() => servers.RedisServerAsync();
}
