using System.CommandLine;
using System.Globalization;
using FunctionApp.Hosting.Admin.Jobs;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using Lovage.DeadLetters;

namespace FunctionApp.Hosting.Admin.DeadLetters;

/// <summary><c>dead-letters replay</c>.</summary>
internal static class DeadLetterReplayVerb
{
    private const int DefaultLimit = 1_000;

    public static Command Make(VerbRunner runner)
    {
        var which = new DeadLetterOptions(DefaultLimit, "--to");
        var dryRun = new Option<bool>("--dry-run") { Description = "Tell which would run again, and change nothing." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask. Needed where nobody can be asked." };
        var repeatEffects = ReplayVerb.RepeatEffects();
        var command = new VerbCommand("replay", "Runs failed jobs again, from their first attempt.", "dead-letters replay --name math.add --dry-run", "dead-letters replay --reason attemptsUsed --limit 100 --yes");
        which.AddTo(command);
        foreach (var option in (Option[])[dryRun, yes, repeatEffects])
            command.Options.Add(option);
        command.SetAction((parsed, stop) => runner.RunAsync(
            parsed, Servers.Both, verb => ReplayAsync(verb, which.Read(parsed, verb), parsed.GetValue(dryRun), parsed.GetValue(yes), parsed.GetValue(repeatEffects)), stop));
        return command;
    }

    private static async Task<VerbAnswer> ReplayAsync(Verb verb, DeadLetterFilter filter, bool dryRun, bool yes, bool repeatEffects)
    {
        var box = verb.Get<DeadLetterBox>();
        if (!dryRun && !yes && await Confirmation.RefuseAsync(verb, () => box.ReplayAsync(filter, repeatEffects, dryRun: true, verb.Stop)) is { } refusal)
            throw refusal;
        var replay = await box.ReplayAsync(filter, repeatEffects, dryRun, verb.Stop);
        if (replay.Error is { } error)
            throw new UnreachableException([string.Create(CultureInfo.InvariantCulture, $"{error.Message} {replay.Replayed.Count} of {replay.Matched.Count} jobs were replayed before, or a few more, and run. Ask again for the others.")]);
        return new(new ReplayAnswer(replay, dryRun), page => Show(page, replay, dryRun));
    }

    private static void Show(Page page, DeadLetterReplay replay, bool dryRun)
    {
        foreach (var id in dryRun ? replay.Matched : replay.Replayed)
            page.Line(id.ToString());
        page.Note(string.Create(CultureInfo.InvariantCulture, $"{replay.Matched.Count} matched, {(dryRun ? "none was replayed: a dry run" : $"{replay.Replayed.Count} replayed")}."));
        if (replay.Unreadable > 0)
            page.Note(string.Create(CultureInfo.InvariantCulture, $"{replay.Unreadable} are messages that could never be read: they were no jobs, and stay."));
        if (replay.Next is { } next)
            page.Note($"There are more: --to {DeadLetterOptions.Time(next)}");
    }
}
