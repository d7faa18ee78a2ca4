using System.Globalization;
using FunctionApp.Http;
using Lovage.DeadLetters;

namespace FunctionApp.Hosting.Admin.DeadLetters;

/// <summary>Asks before many jobs run again.</summary>
internal static class Confirmation
{
    /// <param name="verb">Who asks.</param>
    /// <param name="count">Looks which would be replayed.</param>
    /// <returns>Null if a person says yes.</returns>
    public static async Task<RefusedException?> RefuseAsync(Verb verb, Func<Task<DeadLetterReplay>> count)
    {
        if (!verb.Console.InIsTerminal)
            return new(Problems.BadParameter("yes", "Nobody can be asked here: give --yes to replay, or --dry-run to see what would be."));
        var found = await count();
        await verb.Console.Error.WriteAsync(string.Create(
            CultureInfo.InvariantCulture, $"{found.Matched.Count}{(found.Next is null ? "" : " or more")} failed jobs match. Run them again? [y/N] "));
        await verb.Console.Error.FlushAsync();
        // The console's reader blocks, whatever it is called.
        var answer = await Task.Run(() => verb.Console.In().ReadLine()).WaitAsync(verb.Stop);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES" ? null : new(Problems.BadParameter("yes", "Nothing was replayed."));
    }
}
