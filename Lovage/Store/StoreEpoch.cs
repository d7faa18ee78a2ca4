using System.Buffers.Binary;
using System.Globalization;
using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>Names a store's life: <c>{milliseconds since 1970 at which it began}-{chance}</c>.</summary>
internal static class StoreEpoch
{
    // By so much another machine's clock may be ahead of the store's.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    /// <summary>True if a job's id was made in this store's life, so that no earlier store can have known it. Only a UUID of version 7 tells when it was made.</summary>
    public static bool HasSeenBirthOf(string? epoch, JobId id)
    {
        if (id.Value.Version != 7 || !long.TryParse(epoch.AsSpan(0, Math.Max(0, epoch?.IndexOf('-') ?? 0)), CultureInfo.InvariantCulture, out var began))
            return false;
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var made = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        return made > began + ClockDifference.TotalMilliseconds;
    }
}
