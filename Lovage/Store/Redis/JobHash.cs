using System.Globalization;
using System.Text.Json;
using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>The hash of a job, as the scripts write it.</summary>
internal static class JobHash
{
    /// <summary>What <see cref="Read"/> needs, in its order. Arguments are left out: they can be large, and nobody who asks about a job needs them.</summary>
    public static RedisValue[] Fields { get; } = ["name", "state", "attempt", "enqueuedAt", "startedAt", "finishedAt", "result", "error", "progress"];

    public static JobRecord? Read(JobId id, RedisValue[] fields) => fields[0].IsNull ? null : new()
    {
        Id = id,
        Name = (string)fields[0]!,
        State = ReadState(fields[1]),
        Attempt = (int)fields[2],
        EnqueuedAt = Time(fields[3])!.Value,
        StartedAt = Time(fields[4]),
        FinishedAt = Time(fields[5]),
        Result = Bytes(fields[6]),
        Error = Json<JobError>(fields[7]),
        Progress = Json<JobProgress>(fields[8]),
    };

    public static string Write(JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Running => "running",
        JobState.Succeeded => "succeeded",
        JobState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static JobState ReadState(RedisValue state) => (string?)state switch
    {
        "queued" => JobState.Queued,
        "running" => JobState.Running,
        "succeeded" => JobState.Succeeded,
        "failed" => JobState.Failed,
        var other => throw new InvalidDataException($"The store holds a job in state '{other}', which this version does not know."),
    };

    /// <summary>Not a conditional expression: null would become an empty memory, by way of an array.</summary>
    public static ReadOnlyMemory<byte>? Bytes(RedisValue value)
    {
        if (value.IsNull)
            return null;
        return (ReadOnlyMemory<byte>)value;
    }

    private static DateTimeOffset? Time(RedisValue milliseconds) =>
        milliseconds.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse((string)milliseconds!, CultureInfo.InvariantCulture));

    private static T? Json<T>(RedisValue value) where T : class =>
        value.IsNull ? null : JsonSerializer.Deserialize<T>(((ReadOnlyMemory<byte>)value).Span, JobJson.Options);
}
