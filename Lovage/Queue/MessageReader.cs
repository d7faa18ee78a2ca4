using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Lovage.Jobs;

namespace Lovage.Queue;

/// <summary>Reads what <see cref="MessageWriter"/>, or any other program, put on the queue: JSON text, plain or in base64.</summary>
internal static class MessageReader
{
    // Arguments may be nested as deep as the parser allows by itself, and lie three levels deep in a message.
    internal static readonly JsonDocumentOptions Deep = new() { MaxDepth = 64 + 3 };

    /// <summary>Reads the jobs of a message; what is wrong with one of them does not spoil the others.</summary>
    /// <exception cref="MessageFormatException">The text as a whole is no message; says what is wrong.</exception>
    public static QueueMessageContent Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Plain(text), Deep);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("v"u8, out var version))
                throw new MessageFormatException("The message is not an object with a version 'v'.");
            if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var v) || v != 1)
                throw new MessageFormatException($"The message has version {JsonTypeName.Of(version)}; this app reads version 1.");
            if (!root.TryGetProperty("jobs"u8, out var jobs) || jobs.ValueKind != JsonValueKind.Array || jobs.GetArrayLength() == 0)
                throw new MessageFormatException("The message has no array 'jobs' with at least one job.");
            return Read(jobs);
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"The message is not JSON: {e.Message}", e);
        }
        // What the parser let pass but cannot be text.
        catch (InvalidOperationException e)
        {
            throw new MessageFormatException($"The message holds text that is not Unicode: {e.Message}", e);
        }
    }

    private static QueueMessageContent Read(JsonElement jobs)
    {
        var readable = new List<JobEnvelope>();
        var unreadable = new List<UnreadableJob>();
        foreach (var (index, job) in jobs.EnumerateArray().Index())
        {
            var raw = JsonMarshal.GetRawUtf8Value(job);
            try
            {
                // The parser does not look into strings, and later readers would put other characters in the place of what is broken.
                if (!Utf8.IsValid(raw))
                    throw new MessageFormatException($"jobs[{index}] holds text that is not UTF-8.");
                readable.Add(ReadEnvelope(job, index));
            }
            catch (MessageFormatException e)
            {
                unreadable.Add(new(Encoding.UTF8.GetString(raw), e));
            }
            catch (InvalidOperationException e)
            {
                unreadable.Add(new(Encoding.UTF8.GetString(raw), new($"jobs[{index}] holds text that is not Unicode: {e.Message}", e)));
            }
        }
        return new(readable, unreadable);
    }

    private static JobEnvelope ReadEnvelope(JsonElement job, int index)
    {
        if (job.ValueKind != JsonValueKind.Object)
            throw new MessageFormatException($"jobs[{index}] must be an object, not {JsonTypeName.Of(job)}.");
        if (!JobId.TryParse(Text(job, "id", index), out var id))
            throw new MessageFormatException($"jobs[{index}].id must be a UUID with hyphens.");
        return new()
        {
            Id = id,
            Name = Text(job, "name", index) ?? throw new MessageFormatException($"jobs[{index}].name is missing."),
            Arguments = Arguments(job),
            Epoch = Text(job, "epoch", index),
            TraceParent = Text(job, "traceparent", index),
            Headers = Headers(job, index),
            NotBefore = Time(job, "notBefore", index),
            Expires = Time(job, "expires", index),
            MaxAttempts = MaxAttempts(job, index),
            IsSecondLook = job.TryGetProperty("secondLook"u8, out var secondLook) && secondLook.ValueKind == JsonValueKind.True,
            UnknownSince = Time(job, "unknownSince", index),
            TimeLimit = TimeLimit(job, index),
            Extra = UnknownFields.Read(job),
            Claim = JobEnvelope.NewClaim(),
        };
    }

    private static ReadOnlyMemory<byte>? Arguments(JsonElement job)
    {
        if (job.TryGetProperty("argsStored"u8, out var stored) && stored.ValueKind == JsonValueKind.True)
            return null;
        return job.TryGetProperty("args"u8, out var arguments) ? JobArguments.Encode(arguments) : "{}"u8.ToArray();
    }

    private static IReadOnlyDictionary<string, string> Headers(JsonElement job, int index)
    {
        if (!job.TryGetProperty("headers"u8, out var headers) || headers.ValueKind == JsonValueKind.Null)
            return JobEnvelope.Empty;
        if (headers.ValueKind != JsonValueKind.Object || headers.EnumerateObject().Any(h => h.Value.ValueKind != JsonValueKind.String))
            throw new MessageFormatException($"jobs[{index}].headers must be an object of strings.");
        var read = new Dictionary<string, string>();
        foreach (var header in headers.EnumerateObject())
            read[header.Name] = header.Value.GetString()!;
        return read;
    }

    private static DateTimeOffset? Time(JsonElement job, string property, int index)
    {
        if (!job.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time)
            ? time
            : throw new MessageFormatException($"jobs[{index}].{property} must be a time (ISO 8601).");
    }

    private static int? MaxAttempts(JsonElement job, int index)
    {
        if (!job.TryGetProperty("maxAttempts"u8, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var attempts) && attempts is >= 1 and <= 100
            ? attempts
            : throw new MessageFormatException($"jobs[{index}].maxAttempts must be an integer from 1 to 100.");
    }

    private static TimeSpan? TimeLimit(JsonElement job, int index)
    {
        if (!job.TryGetProperty("timeLimit"u8, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new MessageFormatException($"jobs[{index}].timeLimit must be a number of seconds, more than 0 and 86,400 at most.");
    }

    private static string? Text(JsonElement job, string property, int index)
    {
        if (!job.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new MessageFormatException($"jobs[{index}].{property} must be a string, not {JsonTypeName.Of(value)}.");
    }

    // Other programs' libraries encode as base64 by default; no JSON object is valid base64, so there is nothing to guess.
    private static ReadOnlyMemory<byte> Plain(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Base64.IsValid(utf8, out var length) && length > 0 ? Convert.FromBase64String(text) : utf8;
    }
}
