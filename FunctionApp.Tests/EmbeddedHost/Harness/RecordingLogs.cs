using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Harness;

internal sealed record LogLine(string Category, LogLevel Level, string Text, Exception? Exception);

/// <summary>Keeps what the host logs.</summary>
internal sealed class RecordingLogs : ILoggerProvider
{
    private readonly Channel<LogLine> lines = Channel.CreateUnbounded<LogLine>();
    private readonly List<LogLine> all = [];

    public IReadOnlyList<LogLine> All
    {
        get
        {
            lock (all)
                return [.. all];
        }
    }

    /// <summary>Reads on to the next line that fits.</summary>
    public async Task<LogLine> NextAsync(Func<LogLine, bool> fits)
    {
        using var limit = new CancellationTokenSource(Limit.Signal);
        while (true)
        {
            var line = await lines.Reader.ReadAsync(limit.Token);
            if (fits(line))
                return line;
        }
    }

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Recorder(RecordingLogs owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new LogLine(category, logLevel, formatter(state, exception), exception);
            lock (owner.all)
                owner.all.Add(line);

            owner.lines.Writer.TryWrite(line);
        }
    }
}
