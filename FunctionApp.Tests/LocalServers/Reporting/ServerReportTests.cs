using LocalServers.Reporting;

namespace FunctionApp.Tests.LocalServers.Reporting;

public sealed class ServerReportTests : IDisposable
{
    private readonly StringWriter output = new() { NewLine = "\n" };

    public void Dispose() => output.Dispose();

    [Fact]
    public void Count_InAFile_IsSaidOnce()
    {
        var report = new ServerReport(output, isTerminal: false);

        report.Count("Azurite", "is being installed …", TimeSpan.Zero);
        report.Count("Azurite", "is being installed …", TimeSpan.FromSeconds(1));
        report.Line("Redis", "started");
        report.Line("Azurite", "installed");

        Assert.Equal("Azurite   is being installed …\nRedis     started\nAzurite   installed\n", output.ToString());
    }

    [Fact]
    public void Count_OnATerminal_IsRewrittenBelowTheLinesOfOthers()
    {
        var report = new ServerReport(output, isTerminal: true);

        report.Count("Azurite", "is being installed …", TimeSpan.Zero);
        report.Count("Azurite", "is being installed …", TimeSpan.FromSeconds(1.9));
        report.Line("Redis", "started");
        report.EndCount("Azurite");
        report.Line("Azurite", "installed");

        const string Erase = "\r\e[K";
        const string OneSecond = "Azurite   is being installed … 1 s";
        Assert.Equal(
            $"{Erase}Azurite   is being installed … 0 s{Erase}{OneSecond}{Erase}Redis     started\n{OneSecond}{Erase}Azurite   installed\n",
            output.ToString());
    }
}
