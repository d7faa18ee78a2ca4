using LocalServers.Processes;

namespace FunctionApp.Tests.LocalServers.Processes;

public sealed class ServerStateTests(RealServers servers)
{
    private readonly string file = Path.Combine(servers.NewFolder(), "redis.json");

    [Fact]
    public void Read_AfterWrite_GivesTheSame()
    {
        var state = new ServerState(ProcessIdentity.Current(), ProcessIdentityTests.Dead(), 6379);

        state.Write(file);

        Assert.Equal(state, ServerState.Read(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"server\":{\"pid\":1")]
    [InlineData("{}")]
    [InlineData("null")]
    public void Read_CutOff_GivesNothing(string text)
    {
        File.WriteAllText(file, text);

        Assert.Null(ServerState.Read(file));
    }

    [Fact]
    public void Read_NeverWritten_GivesNothing() => Assert.Null(ServerState.Read(file));
}
