using System.Globalization;
using NCrontab;

namespace EmbeddedHost.Timers;

/// <summary>When a timer function runs, in UTC: a time span between runs or a cron expression.</summary>
internal sealed class TimerSchedule
{
    private readonly TimeSpan interval;
    private readonly CrontabSchedule? cron;

    private TimerSchedule(TimeSpan interval, CrontabSchedule? cron)
    {
        this.interval = interval;
        this.cron = cron;
    }

    /// <summary>Reads a schedule as the stock host: six fields with seconds, five without, or a time span; null if it is none of them.</summary>
    public static TimerSchedule? Parse(string text)
    {
        // A crontab never has a colon and a time span always does: "5" alone would be five days.
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero ? new TimerSchedule(interval, null) : null;

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is not (5 or 6))
            return null;

        var cron = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 });
        return cron is null ? null : new TimerSchedule(TimeSpan.Zero, cron);
    }

    /// <summary>The first occurrence after a moment.</summary>
    public DateTimeOffset After(DateTimeOffset moment) =>
        cron is null ? moment + interval : new DateTimeOffset(cron.GetNextOccurrence(moment.UtcDateTime), TimeSpan.Zero);

    /// <summary>Whether occurrences are less than a minute apart; the stock host keeps no record of such.</summary>
    public bool IsUnderAMinute(DateTimeOffset now)
    {
        var first = After(now);
        return After(first) - first < TimeSpan.FromMinutes(1);
    }
}
