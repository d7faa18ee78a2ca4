using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EmbeddedHost.Logging;

/// <summary>One line for an event, with the time and the last part of the category; an exception below it as it prints itself.</summary>
internal sealed class ReadableConsole(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "readable";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]);
        textWriter.Write(": ");
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
            textWriter.WriteLine(exception);
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug ",
        LogLevel.Information => "info  ",
        LogLevel.Warning => "WARN  ",
        _ => "ERROR ",
    };
}
