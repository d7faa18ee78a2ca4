using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using Microsoft.FSharp.Core;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>Where the chance of a run comes from.</summary>
internal static class Seed
{
    /// <summary>
    /// Set it to have the operations of a failed run again: the two numbers of the seed and the size that the failure names as its last step's, with
    /// commas between them.
    /// </summary>
    public const string Variable = "STORE_MODEL_SEED";

    /// <summary>True if a failed run is to be seen again.</summary>
    public static bool IsSet => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>With a size only if it is set: then there is one list, and what it is shortened to.</summary>
    public static Replay Draw()
    {
        if (!IsSet)
            return new(new((ulong)RandomNumberGenerator.GetInt32(int.MaxValue)), null);
        var parts = Environment.GetEnvironmentVariable(Variable)!.Split(',', StringSplitOptions.TrimEntries);
        return new(new(Number(parts[0]), Number(parts[1])), new FSharpOption<int>((int)Number(parts[2])));
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
