using System.Text;

namespace Benchmarks.App;

/// <summary>What an app process writes: its log is read, as whoever keeps logs would, and thrown away, but for the address in it.</summary>
internal sealed class AppOutput
{
    private const string Announcement = "Listening on ";

    private const int LastBytes = 2_000;

    private readonly byte[][] last = [[], []];
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder errors = new();
    private readonly Task reading;

    public AppOutput(Stream output, Stream error) => reading = Task.WhenAll(ReadAsync(output), ReadErrorsAsync(error));

    /// <summary>What it wrote last, to see why something did not work.</summary>
    public string Last
    {
        get
        {
            lock (last)
                return Encoding.UTF8.GetString([.. last[0], .. last[1]]);
        }
    }

    public Task<Uri> Address => address.Task;

    public string Errors
    {
        get
        {
            lock (errors)
                return errors.ToString();
        }
    }

    public Task EndAsync() => reading;

    private async Task ReadAsync(Stream output)
    {
        using var reader = new StreamReader(output);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is var at and >= 0)
            {
                address.SetResult(new(line[(at + Announcement.Length)..].TrimEnd('.')));
                // As bytes from here on: they are not looked at.
                await KeepLastAsync(output);
                return;
            }
        }
        address.SetException(new BenchmarkException($"The app ended before it listened.{Environment.NewLine}{Errors}"));
    }

    private async Task KeepLastAsync(Stream output)
    {
        var chunk = new byte[64 * 1024];
        while (await output.ReadAsync(chunk) is var length and > 0)
        {
            lock (last)
                (last[0], last[1]) = (last[1], chunk[Math.Max(0, length - LastBytes)..length]);
        }
    }

    private async Task ReadErrorsAsync(Stream error)
    {
        using var reader = new StreamReader(error);
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (errors)
                errors.AppendLine(line);
        }
    }
}
