using System.CommandLine;
using System.Globalization;
using Lovage.Stats;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin.Queue;

/// <summary><c>queue length</c>.</summary>
internal static class QueueLengthVerb
{
    public static Command Make(VerbRunner runner)
    {
        var command = new VerbCommand("length", "Counts the messages of the storage queue and of its poison queue, about.", "queue length");
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.Queue, CountAsync, stop));
        return command;
    }

    private static async Task<VerbAnswer> CountAsync(Verb verb)
    {
        var lengths = await verb.Get<JobStats>().CountMessagesAsync(verb.Stop);
        // As in the API's counts.
        return new(Results.Json(new { lengths.Messages, lengths.Poison }), page =>
        {
            page.Line(string.Create(CultureInfo.InvariantCulture, $"messages  {lengths.Messages}"));
            page.Line(string.Create(CultureInfo.InvariantCulture, $"poison    {lengths.Poison}"));
        });
    }
}
