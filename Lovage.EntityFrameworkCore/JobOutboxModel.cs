using Microsoft.EntityFrameworkCore;

namespace Lovage.EntityFrameworkCore;

/// <summary>Adds the outbox to a model.</summary>
public static class JobOutboxModel
{
    /// <summary>
    /// Adds the table <c>JobOutbox</c>: jobs wait there from the commit until they are enqueued. Call it in <c>OnModelCreating</c>, and add a migration.
    /// </summary>
    /// <param name="model">The context's model.</param>
    public static ModelBuilder AddJobOutbox(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Entity<JobOutboxMessage>(message =>
        {
            message.ToTable("JobOutbox");
            message.HasKey(m => m.Id);
            message.Property(m => m.Id).ValueGeneratedNever();
            message.Property(m => m.Message).IsRequired();
        });
    }
}
