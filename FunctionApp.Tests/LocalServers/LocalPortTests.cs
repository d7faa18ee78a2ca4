using LocalServers;

namespace FunctionApp.Tests.LocalServers;

public sealed class LocalPortTests
{
    // Two servers that start at the same time on one port would each find the other's answer.
    [Fact]
    public void Free_AskedAgain_GivesAnotherPort()
    {
        var ports = Enumerable.Range(0, 1_000).Select(_ => LocalPort.Free()).ToArray();
        Assert.Equal(ports.Length, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 20_000, 31_999));
    }
}
