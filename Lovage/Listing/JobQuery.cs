using Lovage.Jobs;

namespace Lovage.Listing;

/// <summary>Which jobs to list; what is not set does not matter.</summary>
public sealed record JobQuery
{
    /// <summary>The state that they are in.</summary>
    public JobState? State { get; init; }

    /// <summary>Their name. A job that has an older name of a method is listed under that.</summary>
    public string? Name { get; init; }

    /// <summary>They were recorded at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>They were recorded at this time or earlier.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where the page before has ended: its <see cref="JobPage.Cursor"/>. Default the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>No more than so many in the page. 1 to 1,000; default 100.</summary>
    public int Limit { get; init; } = 100;

    private const int MaxLimit = 1_000;

    /// <returns>Where the page begins.</returns>
    /// <exception cref="ArgumentException">The limit is out of range, or the cursor is none.</exception>
    internal ListPosition Check()
    {
        if (Limit is < 1 or > MaxLimit)
            throw new ArgumentOutOfRangeException(nameof(Limit), Limit, $"It takes 1 to {MaxLimit:N0}.");
        if (Cursor is null)
            return ListPosition.After(To);
        return ListPosition.TryParse(Cursor) ?? throw new ArgumentException("It is no cursor: take it from the page before, as it is.", nameof(Cursor));
    }
}
