using System.Security.Cryptography;
using System.Text;
using EmbeddedHost.Configuration;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Keys;

/// <summary>The keys of the section <c>FunctionKeys</c>, one set for all functions. Only their hashes are kept.</summary>
internal sealed class FunctionKeys
{
    public const string Section = "FunctionKeys";

    // As long as a random key of 16 hexadecimal digits: 64 bits, too many to try over a network.
    private const int ShortestKey = 16;

    private readonly byte[][] hashes;

    private FunctionKeys(byte[][] hashes) => this.hashes = hashes;

    /// <summary>Whether callers need a key.</summary>
    public bool AreSet => hashes.Length > 0;

    /// <summary>Reads the keys. A problem names the setting and never holds its value.</summary>
    public static FunctionKeys Read(IConfiguration configuration, Problems problems)
    {
        var section = configuration.GetSection(Section);
        if (section.Value is not null)
            problems.Add($"{Section} has a value of its own; each key takes a name, such as {Section}__default.");

        var keys = section.GetChildren().ToArray();
        foreach (var key in keys)
        {
            if (WhatIsWrongWith(key) is { } wrong)
                problems.Add($"{key.Path} {wrong}; a key takes {ShortestKey} characters or more, of printable ASCII without spaces. Make a random one, or remove the setting.");
        }

        return new FunctionKeys([.. keys.Select(k => Hash(k.Value ?? ""))]);
    }

    /// <summary>Compares with every key, in a time that tells neither which one fits nor how much of it.</summary>
    public bool Contains(string key)
    {
        var hash = Hash(key);
        var found = false;
        foreach (var one in hashes)
            found |= CryptographicOperations.FixedTimeEquals(one, hash);

        return found;
    }

    // An empty key is a mistake, never no key: whoever set it did not mean to open the host. Some sources give it as null.
    private static string? WhatIsWrongWith(IConfigurationSection key) => key.Value switch
    {
        _ when key.GetChildren().Any() => "has settings below it",
        null or { Length: 0 } => "is empty",
        var value when !value.All(c => c is > ' ' and <= '~') => "has a character that a key cannot have",
        { Length: < ShortestKey } value => $"has {value.Length} characters",
        _ => null,
    };

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
