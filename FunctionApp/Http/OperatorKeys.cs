using System.Security.Cryptography;
using System.Text;
using FunctionApp.Configuration;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Http;

/// <summary>The keys of the section <c>OperatorKeys</c>. Only their hashes are kept.</summary>
internal sealed class OperatorKeys
{
    public const string Section = "OperatorKeys";

    /// <summary>As long as a random key of 16 hexadecimal digits: 64 bits, too many to try over a network.</summary>
    public const int ShortestKey = 16;

    private readonly byte[][] hashes;

    private OperatorKeys(byte[][] hashes) => this.hashes = hashes;

    public bool AreSet => hashes.Length > 0;

    /// <exception cref="SettingException">A setting is no key. The message names it and never holds its value.</exception>
    public static OperatorKeys Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section.Value is not null)
            throw new SettingException($"{Section} has a value of its own; each key takes a name, such as {Section}__default.");
        return new([.. section.GetChildren().Select(Read)]);
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

    private static byte[] Read(IConfigurationSection key) => WhatIsWrongWith(key) is { } wrong
        ? throw new SettingException(
            $"{key.Path} {wrong}; a key takes {ShortestKey} characters or more, of printable ASCII without spaces. Make a random one, or remove the setting.")
        : Hash(key.Value!);

    // An empty key is a mistake, never no key: whoever set it did not mean to open the app. Some sources give it as null.
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
