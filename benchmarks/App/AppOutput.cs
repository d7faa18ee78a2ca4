using System.Text;

namespace Benchmarks.App;

/// <summary>What an app process writes: its log is read, as whoever keeps logs would, and thrown away, but for the address in it.</summary>
internal sealed class AppOutput
{
    private const string Announcement = "Listening on ";

    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder errors = new();
    private readonly Task reading;

    public AppOutput(Stream output, Stream error) => reading = Task.WhenAll(ReadAsync(output), ReadErrorsAsync(error));

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
                await output.CopyToAsync(Stream.Null);
                return;
            }
        }
        address.SetException(new BenchmarkException($"The app ended before it listened.{Environment.NewLine}{Errors}"));
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
