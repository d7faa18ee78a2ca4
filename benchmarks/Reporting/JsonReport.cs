using System.Text.Json;

namespace Benchmarks.Reporting;

/// <summary>Writes all rows for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task WriteAsync(string file, IReadOnlyList<RowResult> rows, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, new { at, processors = Environment.ProcessorCount, rows }, Options, cancellation);
    }
}
