using System.Security.Cryptography;
using System.Text;

namespace Lovage.Store;

/// <summary>A caller's name for one wish, so that asking twice makes one job.</summary>
/// <param name="Hash">Of the key: it can be long, and it may tell something of a person.</param>
/// <param name="Fingerprint">Of the job's name and arguments: the same key with others is a caller's mistake.</param>
internal readonly record struct IdempotencyKey(string Hash, string Fingerprint)
{
    public static IdempotencyKey Of(string key, string job, ReadOnlyMemory<byte> arguments)
    {
        using var asked = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        asked.AppendData(Encoding.UTF8.GetBytes(job + '\n'));
        asked.AppendData(arguments.Span);
        return new(Hex(SHA256.HashData(Encoding.UTF8.GetBytes(key))), Hex(asked.GetHashAndReset()));
    }

    // Half of the hash: nobody finds two that agree in 128 bits.
    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 16));
}
