using System.Linq.Expressions;
using System.Text.Json;
using System.Transactions;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Lovage.EntityFrameworkCore;

/// <summary>
/// Enqueues jobs together with an app's rows: they are committed with them, or not at all. A job is a row of the context until the context is saved;
/// then it is enqueued right away or, within a transaction, when the scope ends: by this process or, if that dies, by another. Scoped, like its context.
/// </summary>
/// <typeparam name="TContext">The app's context, with <see cref="JobOutboxModel.AddJobOutbox"/> in its model.</typeparam>
public sealed class JobOutbox<TContext> : IDisposable where TContext : DbContext
{
    private readonly TContext context;
    private readonly JobClient jobs;
    private readonly RelaySignal<TContext> relay;
    private bool hasJobs;
    private bool mayBeCommitted;

    internal JobOutbox(TContext context, JobClient jobs, RelaySignal<TContext> relay)
    {
        (this.context, this.jobs, this.relay) = (context, jobs, relay);
        context.SavedChanges += OnSaved;
    }

    /// <summary>Adds a job as a call that the compiler checks: <c>outbox.Enqueue&lt;MathJobs&gt;(j => j.Add(2, 3))</c>. Nothing is sent before the context is saved.</summary>
    /// <typeparam name="TJobs">The class with the job's method.</typeparam>
    /// <param name="call">A call of one method with a <see cref="JobAttribute"/>.</param>
    /// <param name="options">What else to say of it. A delay counts from now. It takes no idempotency key.</param>
    /// <returns>The job's id. If the transaction is rolled back there is no such job.</returns>
    /// <exception cref="UnknownJobException">No such job.</exception>
    /// <exception cref="InvalidArgumentsException">The arguments do not fit its signature.</exception>
    /// <exception cref="ArgumentsTooLargeException">They are too large.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or an idempotency key was given.</exception>
    public JobId Enqueue<TJobs>(Expression<Func<TJobs, object?>> call, EnqueueOptions? options = null) => Add(JobRequest.Of(call, options));

    /// <inheritdoc cref="Enqueue{TJobs}(Expression{Func{TJobs, object}}, EnqueueOptions?)"/>
    public JobId Enqueue<TJobs>(Expression<Action<TJobs>> call, EnqueueOptions? options = null) => Add(JobRequest.Of(call, options));

    /// <summary>Adds a job by name.</summary>
    /// <inheritdoc cref="Enqueue{TJobs}(Expression{Func{TJobs, object}}, EnqueueOptions?)"/>
    /// <param name="name">A registered job's name.</param>
    /// <param name="arguments">An object of arguments by name.</param>
    /// <param name="options">What else to say of it.</param>
    public JobId Enqueue(string name, JsonElement arguments, EnqueueOptions? options = null) => Add(JobRequest.Of(name, arguments, options));

    // Whatever transaction the jobs were saved in is over when the scope is.
    void IDisposable.Dispose()
    {
        context.SavedChanges -= OnSaved;
        if (mayBeCommitted)
            relay.Set();
    }

    private JobId Add(JobRequest request)
    {
        var (id, message) = jobs.Hold(request);
        context.Add(new JobOutboxMessage { Id = id.Value, Message = message });
        hasJobs = true;
        return id;
    }

    private void OnSaved(object? sender, SavedChangesEventArgs saved)
    {
        if (!hasJobs)
            return;
        hasJobs = false;
        mayBeCommitted = context.Database.CurrentTransaction is not null || Transaction.Current is not null;
        if (!mayBeCommitted)
            relay.Set();
    }
}
