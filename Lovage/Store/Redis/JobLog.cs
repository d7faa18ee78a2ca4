using System.Globalization;
using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Reads a job's log as <c>prelude.lua</c> writes it: the number of the last entry, then a line for each.</summary>
internal static class JobLog
{
    public static IReadOnlyList<JobChange> Read(RedisValue log, DateTimeOffset enqueuedAt)
    {
        if (log.IsNullOrEmpty)
            return [];
        var lines = ((string)log!).Split('\n');
        var before = long.Parse(lines[0], CultureInfo.InvariantCulture) - (lines.Length - 1);
        return [.. lines.Skip(1).Select((line, i) => Read(before + i + 1, line, enqueuedAt))];
    }

    private static JobChange Read(long number, string line, DateTimeOffset enqueuedAt)
    {
        var parts = line.Split(' ', 2);
        var at = enqueuedAt + Milliseconds(parts[0].AsSpan(1));
        if (line[0] == 'p')
            return new(number, at, null, JobHash.Json<JobProgress>(parts[1]));
        return new(number, at, StateOf(line[0]), null) { Waited = parts.Length > 1 ? Milliseconds(parts[1]) : null };
    }

    private static TimeSpan Milliseconds(ReadOnlySpan<char> text) => TimeSpan.FromMilliseconds(long.Parse(text, CultureInfo.InvariantCulture));

    private static JobState StateOf(char letter) => letter switch
    {
        'w' => JobState.Scheduled,
        'q' => JobState.Queued,
        'r' => JobState.Running,
        's' => JobState.Succeeded,
        'f' => JobState.Failed,
        'c' => JobState.Cancelled,
        'x' => JobState.Expired,
        _ => throw new InvalidDataException($"A job's log in the store holds '{letter}', which this version does not know."),
    };
}
