using System.Globalization;
using Lovage.Jobs;
using Lovage.Store;

namespace Lovage.Listing;

/// <summary>A job's place among all jobs: by the time at which it was recorded, and by its id where that is the same. As <c>prelude.lua</c> writes it.</summary>
internal readonly record struct ListPosition : IComparable<ListPosition>
{
    private const int TimeDigits = 13;

    private readonly string text;

    private ListPosition(string text) => this.text = text;

    public JobId Id => JobId.TryParse(text[TimeDigits..], out var id) ? id : throw new InvalidDataException($"The store's index holds '{text}', which is no job.");

    public static ListPosition Of(JobRecord job) => new($"{Digits(job.EnqueuedAt)}{job.Id}");

    /// <summary>A place that the store has given.</summary>
    public static ListPosition Read(string text) => new(text);

    /// <summary>Behind every job of a time or earlier; behind all if there is none.</summary>
    public static ListPosition After(DateTimeOffset? time) => new(time is { } to ? $"{Digits(to)}~" : "~");

    /// <summary>Before every job of a time or later; before all if there is none.</summary>
    public static ListPosition Before(DateTimeOffset? time) => new(time is { } from ? Digits(from) : "");

    /// <summary>Null if it is no place.</summary>
    public static ListPosition? TryParse(string cursor) =>
        cursor.Length > TimeDigits && cursor.Take(TimeDigits).All(char.IsAsciiDigit) && JobId.TryParse(cursor[TimeDigits..], out _)
            ? new(cursor)
            : null;

    public int CompareTo(ListPosition other) => string.CompareOrdinal(text, other.text);

    public static bool operator <(ListPosition left, ListPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(ListPosition left, ListPosition right) => left.CompareTo(right) > 0;

    public override string ToString() => text;

    // Times before 1970 and after the year 2286 have another number of digits, and no jobs.
    private static string Digits(DateTimeOffset time) => Math.Clamp(time.ToUnixTimeMilliseconds(), 0, 9_999_999_999_999).ToString("D13", CultureInfo.InvariantCulture);
}
