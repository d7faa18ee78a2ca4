using System.CommandLine;
using FunctionApp.Accounts.Database;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin.Database;

/// <summary><c>db migrate</c>.</summary>
internal static class MigrateVerb
{
    public static Command Make(VerbRunner runner)
    {
        var command = new VerbCommand("migrate", "Brings the tables of the database up to date. Safe while the app runs, and while others do the same.", "db migrate");
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.Database, MigrateAsync, stop));
        return command;
    }

    private static async Task<VerbAnswer> MigrateAsync(Verb verb)
    {
        // Ctrl+C ends the process, and with its connection what has not been committed is undone.
        var applied = await Task.Run(verb.Get<DatabaseUpkeep>().Migrate).WaitAsync(verb.Stop);
        return new(Results.Json(new { applied }), page =>
        {
            foreach (var migration in applied)
                page.Line($"applied  {migration}");
            if (applied.Count == 0)
                page.Line("Nothing to do: all migrations are applied.");
        });
    }
}
