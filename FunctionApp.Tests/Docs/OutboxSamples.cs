using Lovage.EntityFrameworkCore;
using Lovage.Jobs;
using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Tests.Docs;

// What docs/outbox.md shows, word for word.
public sealed class OrdersDb(DbContextOptions<OrdersDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobOutbox();
}

public sealed class Order
{
    public required Guid Id { get; init; }

    public required string Customer { get; init; }
}

public sealed class OrderJobs
{
    [Job("order.thank")]
    public Task<string> ThankAsync(Guid order) => Task.FromResult($"Thanks for {order}.");
}

public sealed class PlaceOrder(OrdersDb db, JobOutbox<OrdersDb> outbox)
{
    public async Task<JobId> RunAsync(string customer, CancellationToken cancellation)
    {
        var order = new Order { Id = Guid.CreateVersion7(), Customer = customer };
        db.Orders.Add(order);
        var mail = outbox.Enqueue<OrderJobs>(jobs => jobs.ThankAsync(order.Id));
        await db.SaveChangesAsync(cancellation);
        return mail;
    }
}
