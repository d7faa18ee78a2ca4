using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

/// <summary>While it is on, rows cannot be deleted: as if the process died after it had enqueued their jobs.</summary>
internal sealed class BrokenDelete : DbCommandInterceptor
{
    public bool IsOn { get; set; }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        IsOn && command.CommandText.StartsWith("DELETE", StringComparison.Ordinal) ? throw new IOException("The process died.") : new(result);
}
