using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Lovage.EntityFrameworkCore;

/// <summary>The contexts to which a job was added: looking through what a context tracks would cost every save of the app.</summary>
internal sealed class ContextsWithJobs
{
    private readonly ConditionalWeakTable<DbContext, ContextsWithJobs> contexts = [];

    public void Add(DbContext context) => contexts.AddOrUpdate(context, this);

    public bool Contains(DbContext? context) => context is not null && contexts.TryGetValue(context, out _);
}
