using System.Text.Json;
using FunctionApp.Accounts.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Accounts.Profiles;

/// <summary>
/// Reads profiles through the app's cache, in functions and jobs alike. Who changes an account removes it from here; what a slow reader then puts back is known to be old
/// by its version.
/// </summary>
public sealed partial class ProfileCache(AccountsDb db, IDistributedCache cache, ILogger<ProfileCache> logger)
{
    private static readonly DistributedCacheEntryOptions Keep = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) };

    /// <summary>Reads a profile.</summary>
    /// <param name="id">The account.</param>
    /// <param name="version">The account's version as the caller knows it: another one is read anew. Null takes any.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Null if there is no such account.</returns>
    public async Task<Profile?> GetAsync(Guid id, string? version, CancellationToken cancellation)
    {
        if (await TryAsync(() => ReadAsync(id, cancellation)) is { } known && (version is null || known.Version == version))
            return known;
        var profile = await db.Users.Where(account => account.Id == id)
            .Select(account => new Profile(account.Id, account.Email!, account.Name, account.RegisteredAt, account.ConcurrencyStamp!)).SingleOrDefaultAsync(cancellation);
        if (profile is not null)
            await TryAsync(() => SetAsync(profile, cancellation));
        return profile;
    }

    /// <summary>The account has changed, or is gone.</summary>
    public Task ForgetAsync(Guid id, CancellationToken cancellation) => TryAsync(async () =>
    {
        await cache.RemoveAsync(Key(id), cancellation);
        return null;
    });

    private static string Key(Guid id) => $"profile:{id}";

    private async Task<Profile?> ReadAsync(Guid id, CancellationToken cancellation) =>
        await cache.GetAsync(Key(id), cancellation) is { } kept ? JsonSerializer.Deserialize<Profile>(kept) : null;

    private async Task<Profile?> SetAsync(Profile profile, CancellationToken cancellation)
    {
        await cache.SetAsync(Key(profile.Id), JsonSerializer.SerializeToUtf8Bytes(profile), Keep, cancellation);
        return profile;
    }

    // A cache that is down is an empty one: the database has it all.
    private async Task<Profile?> TryAsync(Func<Task<Profile?>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNoCache(e.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The cache does not answer: {Error}")]
    private partial void LogNoCache(string error);
}
