using System.CommandLine;
using FunctionApp.Accounts;
using FunctionApp.Accounts.Administration;
using FunctionApp.Accounts.Profiles;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FunctionApp.Hosting.Admin.Accounts;

/// <summary><c>accounts lock</c>.</summary>
internal static class LockVerb
{
    public static Command Make(VerbRunner runner)
    {
        var email = AccountArgument.Make();
        var duration = new Option<string?>("--for") { Description = $"For so long, longer than wrong passwords lock; without it for ever. {DurationText.Form}.", HelpName = "duration" };
        var unlock = new Option<bool>("--unlock") { Description = "Lift the lock, also one after wrong passwords." };
        var command = new VerbCommand(
            "lock", "Lets nobody sign in to an account, and ends all its sign-ins at once.", "accounts lock ada@example.com", "accounts lock ada@example.com --for 30d", "accounts lock ada@example.com --unlock")
        {
            email,
            duration,
            unlock,
        };
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.Database, verb => RunAsync(verb, parsed.GetRequiredValue(email), parsed.GetValue(duration), parsed.GetValue(unlock)), stop));
        return command;
    }

    private static async Task<VerbAnswer> RunAsync(Verb verb, string email, string? duration, bool unlock)
    {
        if (unlock && duration is not null)
            throw new BadParameterException("for", "'--for' and '--unlock' do not go together.");
        var now = verb.Get<TimeProvider>().GetUtcNow();
        var end = unlock ? (DateTimeOffset?)null : duration is null ? OperatorLock.ForEver : now + Read(duration, verb.Get<IOptions<AccountOptions>>().Value);
        await using var scope = verb.Services.CreateAsyncScope();
        var administration = scope.ServiceProvider.GetRequiredService<AccountAdministration>();
        // Not to be interrupted once it has begun: who has locked an account must not wonder whether.
        var account = await (end is { } time ? administration.LockAsync(email, time) : administration.UnlockAsync(email)) ?? throw AccountArgument.NotFound(email);
        await ForgetAsync(verb, scope.ServiceProvider.GetRequiredService<ProfileCache>(), account.Id);
        return new(
            Results.Json(new { account.Id, IsLocked = !unlock, Until = end == OperatorLock.ForEver ? null : end }),
            page => page.Line($"{account.Id}  {PlainText.OneLine(account.Email!)}  {Describe(end, now)}"));
    }

    private static string Describe(DateTimeOffset? end, DateTimeOffset now) => end switch
    {
        null => "not locked",
        { } time when time == OperatorLock.ForEver => "locked",
        { } time => $"locked until {TimeSpanText.Absolute(time)}  {TimeSpanText.Relative(time, now)}",
    };

    private static TimeSpan Read(string text, AccountOptions options)
    {
        if (DurationText.TryParse(text) is not { } duration)
            throw new BadParameterException("for", $"'--for' cannot be read: it takes {DurationText.Form}.");
        if (duration <= options.LockedFor || duration > OperatorLock.Longest)
            throw new BadParameterException("for", $"'--for' cannot be used: it takes more than {TimeSpanText.Of(options.LockedFor)}, for which wrong passwords lock (Accounts:LockedFor), and {OperatorLock.Longest.TotalDays}d at most.");
        return duration;
    }

    // The lock is the database's, and holds without that.
    private static async Task ForgetAsync(Verb verb, ProfileCache profiles, Guid account)
    {
        var silent = await ServerCheck.FindSilentAsync(verb.Services, Servers.Store, verb.Stop);
        if (silent.Length == 0)
            await profiles.ForgetAsync(account, verb.Stop);
        foreach (var line in silent)
            await verb.Console.Error.WriteLineAsync($"{line} What it has of the account's profile is forgotten within 5 minutes.");
    }
}
