using System.Globalization;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Queue;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>The hash of a job, as the scripts write it.</summary>
internal static class JobHash
{
    /// <summary>What <see cref="Read"/> needs, in its order. Arguments are left out: they can be large, and nobody who asks about a job needs them.</summary>
    public static RedisValue[] Fields { get; } =
        ["name", "state", "attempt", "enqueuedAt", "startedAt", "since", "result", "error", "progress", "due", "expires", "cancel", "reason", "history", "log"];

    /// <summary>The same, without what can be large: lists look at thousands of jobs. No job has a field without a name.</summary>
    public static RedisValue[] FieldsOfLists { get; } = [.. Fields.Select(field => field == "result" || field == "history" || field == "log" ? RedisValue.EmptyString : field)];

    /// <summary>A job has 1,000 effects and some thirty fields of its own at most.</summary>
    public const int MaxFields = 1_030;

    /// <summary>Where a job's hash tells of an effect: <c>i call</c> it is intended, <c>m value</c> it was made.</summary>
    public static RedisValue EffectField(string key) => $"effect:{key}";

    public static JobRecord? Read(JobId id, RedisValue[] fields) => fields[0].IsNull ? null : new()
    {
        Id = id,
        Name = (string)fields[0]!,
        State = ReadState(fields[1]),
        Attempt = (int)fields[2],
        EnqueuedAt = Time(fields[3])!.Value,
        StartedAt = Time(fields[4]),
        FinishedAt = ReadState(fields[1]).IsFinal() ? Time(fields[5]) : null,
        ChangedAt = Time(fields[5])!.Value,
        Result = Bytes(fields[6]),
        Error = Json<JobError>(fields[7]),
        Progress = Json<JobProgress>(fields[8]),
        DueAt = Time(fields[9]),
        ExpiresAt = Time(fields[10]),
        CancelRequested = !fields[11].IsNull,
        Reason = fields[12].IsNull ? null : Enum.Parse<FailureReason>((string)fields[12]!),
        History = fields[13].IsNull ? [] : [.. ((string)fields[13]!).Split('\n').Select(Attempt)],
        Changes = JobLog.Read(fields[14], Time(fields[3])!.Value),
    };

    public static JobId ReadId(RedisValue id) => JobId.TryParse((string?)id, out var read)
        ? read
        : throw new InvalidDataException($"The store's index holds '{id}', which is no job's id.");

    public static string Write(JobState state) => state switch
    {
        JobState.Scheduled => "scheduled",
        JobState.Queued => "queued",
        JobState.Running => "running",
        JobState.Succeeded => "succeeded",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        JobState.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static RedisValue Write(JobOrigin origin) => origin switch
    {
        JobOrigin.Client => RedisValue.EmptyString,
        JobOrigin.Message => "message",
        JobOrigin.Rebuilt => "rebuilt",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    public static JobState ReadState(RedisValue state) => TryReadState(state)
        ?? throw new InvalidDataException($"The store holds a job in state '{state}', which this version does not know.");

    /// <summary>Null for what is no state: the scripts' other answers.</summary>
    public static JobState? TryReadState(RedisValue state) => (string?)state switch
    {
        "scheduled" => JobState.Scheduled,
        "queued" => JobState.Queued,
        "running" => JobState.Running,
        "succeeded" => JobState.Succeeded,
        "failed" => JobState.Failed,
        "cancelled" => JobState.Cancelled,
        "expired" => JobState.Expired,
        _ => null,
    };

    /// <summary>Not a conditional expression: null would become an empty memory, by way of an array.</summary>
    public static ReadOnlyMemory<byte>? Bytes(RedisValue value)
    {
        if (value.IsNull)
            return null;
        return (ReadOnlyMemory<byte>)value;
    }

    public static DateTimeOffset? Time(RedisValue milliseconds) => milliseconds.IsNullOrEmpty ? null : Time((string)milliseconds!);

    public static string Write(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public static RedisValue Write(JobError? error) => error is null ? RedisValue.EmptyString : JsonSerializer.SerializeToUtf8Bytes(error, JobJson.Options);

    /// <summary>A line of history without its times, which the store puts before it.</summary>
    public static string WriteAttempt(int attempt, JobError error) =>
        $"{attempt} {JsonSerializer.Serialize(new JobError(error.Type, JobError.Cut(error.Message, 300)), JobJson.Options)}";

    public static T? Json<T>(RedisValue value) where T : class =>
        value.IsNullOrEmpty ? null : JsonSerializer.Deserialize<T>(((ReadOnlyMemory<byte>)value).Span, JobJson.Options);

    private static DateTimeOffset Time(string milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    private static JobAttempt Attempt(string line)
    {
        var parts = line.Split(' ', 4);
        return new(
            int.Parse(parts[2], CultureInfo.InvariantCulture), Time(parts[0]), Time(parts[1]), JsonSerializer.Deserialize<JobError>(parts[3], JobJson.Options)!);
    }
}
