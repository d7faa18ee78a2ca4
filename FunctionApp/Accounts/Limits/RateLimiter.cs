using System.Security.Cryptography;
using System.Text;
using FunctionApp.Accounts.Database;
using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Accounts.Limits;

/// <summary>Counts tries in the app's database, for all processes together: a limit for each process would grow with their number.</summary>
public sealed class RateLimiter(AccountsDb db, TimeProvider time)
{
    /// <summary>Counts one try.</summary>
    /// <exception cref="TooManyTriesException">It is one too many.</exception>
    public async Task CountAsync(RateLimit limit, string what, CancellationToken cancellation)
    {
        var key = KeyOf(limit, what);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var ends = now + (long)limit.Window.TotalMilliseconds;
        // One statement, so that those who try at once are all counted. SQLite and PostgreSQL both know it.
        var window = (await db.Database.SqlQuery<Counted>($"""
            INSERT INTO "RateWindows" ("Key", "Ends", "Count") VALUES ({key}, {ends}, 1)
            ON CONFLICT ("Key") DO UPDATE SET
              "Count" = CASE WHEN "RateWindows"."Ends" <= {now} THEN 1 ELSE "RateWindows"."Count" + 1 END,
              "Ends" = CASE WHEN "RateWindows"."Ends" <= {now} THEN {ends} ELSE "RateWindows"."Ends" END
            RETURNING "Count", "Ends"
            """).ToListAsync(cancellation))[0];
        if (window.Count == 1)
            await db.RateWindows.Where(w => w.Ends <= now).ExecuteDeleteAsync(cancellation);
        if (window.Count > limit.Permits)
            throw new TooManyTriesException(TimeSpan.FromMilliseconds(window.Ends - now));
    }

    /// <summary>Counts from nothing again.</summary>
    public Task ForgetAsync(RateLimit limit, string what, CancellationToken cancellation)
    {
        var key = KeyOf(limit, what);
        return db.RateWindows.Where(window => window.Key == key).ExecuteDeleteAsync(cancellation);
    }

    private static string KeyOf(RateLimit limit, string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{limit.Name}\n{what}")));

    private sealed record Counted(int Count, long Ends);
}
