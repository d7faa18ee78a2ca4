using System.Diagnostics.CodeAnalysis;

namespace Lovage.Jobs;

/// <summary>Names one job for ever. A UUID version 7 (RFC 9562), so ids sort by the time at which they were made.</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct JobId(Guid Value)
{
    /// <summary>Makes a new id.</summary>
    /// <param name="time">The clock that gives the id its place in the order.</param>
    public static JobId New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new(Guid.CreateVersion7(time.GetUtcNow()));
    }

    /// <summary>Reads an id in the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">36 characters with hyphens, as in <c>0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11</c>.</param>
    /// <param name="id">The id, if the text is one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = new(value);
        return parsed;
    }

    /// <summary>The UUID in lower case with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
