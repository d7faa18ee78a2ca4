using System.Diagnostics;
using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Benchmarks;

/// <summary>Every benchmark works: each is run once, with a handful of jobs. What is measured is not looked at.</summary>
public sealed class SmallRunTests(RealServers servers)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Small_AllBenchmarks_MeasureSomething()
    {
        var file = Path.Combine(servers.NewFolder(), "figures.json");
        var (code, output) = await RunAsync("--small", "--json", file);
        Assert.True(code == 0, output);

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var rows = report.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(
            ["bulk", "single", "http", "client-bulk", "ndjson-bulk", "latency", "sleep", "start", "memory", "million"], rows.Select(row => row.GetProperty("name").GetString()));
        Assert.All(rows, row => Assert.Contains(row.GetProperty("figures").EnumerateArray(), figure => figure.GetProperty("spread").GetProperty("median").GetDouble() > 0));
        Assert.All(["| Encode ", "| Decode ", "| Invoke ", "| ClaimAndSettle "], step => Assert.Contains(step, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_NamesAllOfThem()
    {
        var (code, output) = await RunAsync("--list");
        Assert.Equal(0, code);
        Assert.Equal(11, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var folder = Path.Combine(AppProgram.Folder, "..", "..", "Benchmarks", Path.GetFileName(AppProgram.Folder));
        var start = AppProgram.StartInfo(folder, arguments, "Benchmarks");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        return (process.ExitCode, $"{await output}{Environment.NewLine}{await errors}");
    }
}
