using FunctionApp.Accounts.Limits;
using Lovage.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Accounts.Database;

/// <summary>
/// The app's database: accounts, the keys that protect their tokens, and the jobs that are committed with them. One class for each kind of
/// database derives from it, since each has its own migrations.
/// </summary>
public abstract class AccountsDb(DbContextOptions options) : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>The key ring: a token that one process makes works in all.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    internal DbSet<RateWindow> RateWindows => Set<RateWindow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(account =>
        {
            account.ToTable("Accounts");
            account.Property(a => a.Name).HasMaxLength(AccountLimits.LongestName);
            // The address is the account: two that register it at once make one.
            account.HasIndex(a => a.NormalizedEmail).IsUnique();
        });
        builder.Entity<RateWindow>(window =>
        {
            window.ToTable("RateWindows");
            window.HasKey(w => w.Key);
            window.Property(w => w.Key).HasMaxLength(64);
            window.HasIndex(w => w.Ends);
        });
        builder.AddJobOutbox();
    }
}
