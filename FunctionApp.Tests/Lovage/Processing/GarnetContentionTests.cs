namespace FunctionApp.Tests.Lovage.Processing;

public sealed class GarnetContentionTests(RealServers servers) : ContentionContract
{
    protected override Task<string> ServerAsync() => servers.GarnetAsync();
}
