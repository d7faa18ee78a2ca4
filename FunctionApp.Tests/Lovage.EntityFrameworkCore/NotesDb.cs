using Lovage.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

/// <summary>An app's own context, with rows of its own beside the outbox.</summary>
internal sealed class NotesDb(DbContextOptions<NotesDb> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobOutbox();
}

internal sealed class Note
{
    public int Id { get; init; }

    public required string Text { get; init; }
}
