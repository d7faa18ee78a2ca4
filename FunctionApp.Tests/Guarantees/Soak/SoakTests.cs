namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>
/// Jobs of all kinds come in at an even rate while calls to the store and the queue fail, and workers are killed, stopped and paused. Every accepted job
/// ends once, as it should, and is there until its retention is over; nothing is left behind, and memory does not grow.
/// </summary>
public sealed class SoakTests(RealServers servers)
{
    // Longer by what it takes to end. Alone, as .ci/long runs it: others would disturb the measurements.
    [Fact(Explicit = true)]
    public Task Run_ThirtyMinutesOfFaults_InvariantsHoldAndMemoryIsFlat() => new SoakRun(servers, SoakSettings.Whole()).RunAsync();

    [Fact]
    public Task Run_SomeSecondsOfFaults_InvariantsHold() => new SoakRun(servers, SoakSettings.Short()).RunAsync();
}
