using System.ComponentModel.DataAnnotations;
using Lovage.Jobs;

namespace FunctionApp.Tests.FunctionApp.OpenApi;

/// <summary>Jobs with one of everything that a signature can say.</summary>
public sealed class SchemaJobs
{
    /// <summary>Books a room. Sends <c>mail</c> to <paramref name="guest"/>.</summary>
    /// <param name="guest">Who comes.</param>
    /// <param name="nights">For how long.</param>
    /// <param name="job">Supplied.</param>
    /// <param name="board">What is eaten.</param>
    /// <param name="from">The first day.</param>
    /// <param name="home">Where the bill goes.</param>
    /// <param name="voucher">Two letters and a number.</param>
    /// <param name="cancellation">Supplied.</param>
    /// <returns>The booking, if there was a room.</returns>
    [Job("schema.book-room", Aliases = ["schema.reserve"])]
    public Task<Booking?> BookAsync(
        [StringLength(40, MinimumLength = 1)] string guest, [Range(1, 30)] byte nights, JobContext job, Board board = Board.HalfBoard, DateOnly? from = null,
        Address? home = null, [RegularExpression("[A-Z]{2}[0-9]+")] string? voucher = null, CancellationToken cancellation = default) =>
        Task.FromResult<Booking?>(new(guest, nights, board, from, [home?.Street ?? "", voucher ?? job.Name], cancellation.IsCancellationRequested));

    /// <param name="root">A tree.</param>
    /// <param name="anything">Whatever it is.</param>
    [Job("schema.plant")]
    public Branch Plant(Branch root, object? anything) => anything is null ? root : new() { Left = root };

    [Job("schema.nothing", KeepResult = false)]
    public int Nothing() => 0;
}

public enum Board
{
    None,
    HalfBoard,
    Full,
}

/// <summary>An address.</summary>
/// <param name="Street">With the number.</param>
/// <param name="Zip">Five digits.</param>
/// <param name="Web">A page.</param>
public sealed record Address([Required] string Street, [Length(5, 5)] string? Zip, [property: Url] string? Web = null);

/// <summary>What was booked.</summary>
public sealed record Booking(string Guest, int Nights, Board Board, DateOnly? From, IReadOnlyList<string> Notes, bool Cancelled);

public sealed class Branch
{
    /// <summary>How thick it is.</summary>
    [Range(0.0, 1.5, MinimumIsExclusive = true)]
    public double Width { get; set; } = 1;

    public Branch? Left { get; set; }

    [MaxLength(3)]
    public List<Branch>? Twigs { get; set; }
}
