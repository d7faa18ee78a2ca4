using LocalServers.Processes;

namespace FunctionApp.Tests.LocalServers.Processes;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void IsAlive_ThisProcess_IsTrue() => Assert.True(ProcessIdentity.Current().IsAlive());

    [Fact]
    public void IsAlive_SameNumberOtherStartTime_IsFalse() => Assert.False(Dead().IsAlive());

    [Fact]
    public async Task End_NumberWasGivenToAnotherProcess_LeavesItAlone()
    {
        using var bystander = new Bystander();

        ProcessSignal.AskToEnd(bystander.Identity with { StartTime = DateTimeOffset.UnixEpoch });
        ProcessSignal.End(bystander.Identity with { StartTime = DateTimeOffset.UnixEpoch });

        Assert.True(bystander.Identity.IsAlive());
        ProcessSignal.End(bystander.Identity);
        Assert.True(await bystander.Identity.WaitForEndAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    /// <summary>A process that has ended, and whose number was given to another: to this one.</summary>
    internal static ProcessIdentity Dead() => ProcessIdentity.Current() with { StartTime = DateTimeOffset.UnixEpoch };
}
