using System.CommandLine;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using FunctionApp.Http.Listing;
using Lovage.Listing;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin.Jobs;

/// <summary><c>job list</c>.</summary>
internal static class ListVerb
{
    private const string DefaultLimit = "20";

    public static Command Make(VerbRunner runner)
    {
        var state = new Option<string>("--state") { Description = $"Only jobs in this state: {string.Join(", ", StateText.All)}." };
        var name = new Option<string>("--name") { Description = "Only jobs of this name." };
        var limit = new Option<string>("--limit") { Description = "So many at most, 1 to 1000.", DefaultValueFactory = _ => DefaultLimit };
        var after = new Option<string>("--after") { Description = "The cursor that the page before ended with." };
        var command = new VerbCommand("list", "Lists jobs, the most recently enqueued first.", "job list", "job list --state failed --name math.add --limit 50") { state, name, limit, after };
        command.SetAction((parsed, stop) => runner.RunAsync(
            parsed, Servers.Store, verb => ListAsync(verb, [("state", parsed.GetValue(state)), ("name", parsed.GetValue(name)), ("limit", parsed.GetValue(limit)), ("cursor", parsed.GetValue(after))]), stop));
        return command;
    }

    private static async Task<VerbAnswer> ListAsync(Verb verb, (string Name, string? Value)[] given)
    {
        // Read as the API reads its query: the same forms, the same words about what cannot be read.
        var request = new DefaultHttpContext().Request;
        request.QueryString = QueryString.Create(given.Where(option => option.Value is not null).Select(option => KeyValuePair.Create(option.Name, option.Value)));
        var page = await verb.Get<JobList>().ReadAsync(ListParameters.Read(request), verb.Stop);
        return new(new JobPageAnswer(page), shown =>
        {
            JobTable.Write(shown, page.Jobs, verb.Get<TimeProvider>().GetUtcNow());
            if (page.Cursor is { } cursor)
                shown.Note($"There are more: --after {cursor}");
        });
    }
}
