using System.Text.Encodings.Web;
using System.Text.Json;
using EmbeddedHost;
using FunctionApp.Configuration;
using FunctionApp.Hosting.Admin.Accounts;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace FunctionApp.Hosting.Admin;

/// <summary>How a verb ends that does not end well.</summary>
/// <param name="ExitCode">For the shell.</param>
/// <param name="Problem">For programs: problem details, as the HTTP API has them.</param>
/// <param name="Lines">For people.</param>
internal sealed record VerbFailure(int ExitCode, ProblemDetails Problem, IReadOnlyList<string> Lines)
{
    private static readonly JsonSerializerOptions AsInHttp = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null for what is a mistake in this program.</returns>
    public static VerbFailure? Of(Exception error, CancellationToken stop) => error switch
    {
        RefusedException e => Refused(e.Problem, e.Lines),
        InvalidArgumentsException e => Refused(Problems.InvalidArguments(e), [.. e.Errors.Select(one => $"{(one.Argument.Length > 0 ? one.Argument : "The arguments")} {one.Message}")]),
        UnreachableException e => Unreachable("server-unavailable", e.Message, e.Lines),
        JobStoreUnavailableException { JobId: { } id } e => Unreachable("store-unavailable", e.Message, [$"{e.Message} Job {id} may or may not have been recorded: {ThisProgram.Line($"job show {id}")}"]),
        JobStoreUnavailableException e => Unreachable("store-unavailable", e.Message, []),
        JobQueueUnavailableException e => Unreachable("queue-unavailable", e.Message, []),
        EmbeddedHostException or SettingException or OptionsValidationException => NotSetUp("invalid-settings", "Invalid settings", error.Message),
        OperationCanceledException when stop.IsCancellationRequested => new(
            Admin.ExitCode.Interrupted, Details(499, "interrupted", "Interrupted", "It was interrupted."), ["Interrupted."]),
        ArgumentException { ParamName: { } name } e when OfApi(e) is { } problem => Refused(problem, [$"'{JsonNamingPolicy.CamelCase.ConvertName(name)}' cannot be used: {e.Message.Split(" (Parameter ")[0]}"]),
        _ when AccountFailure.Of(error) is { } failure => failure,
        _ => OfApi(error) is { } problem ? Refused(problem, []) : null,
    };

    // What the API would tell a caller. The request only carries what goes with an HTTP answer.
    private static IResult? OfApi(Exception error) => Problems.Of(error, new DefaultHttpContext().Request);

    public static VerbFailure BadCommandLine(string detail, IReadOnlyList<string> lines) =>
        new(Admin.ExitCode.Refused, Details(StatusCodes.Status400BadRequest, "invalid-command-line", "Invalid command line", detail), lines);

    public static VerbFailure Refused(IResult problem, IReadOnlyList<string> lines)
    {
        var details = ((ProblemHttpResult)problem).ProblemDetails;
        return new(Admin.ExitCode.Refused, details, lines.Count > 0 ? lines : [details.Detail!]);
    }

    /// <returns>The exit code.</returns>
    public int Write(TextWriter output, bool isJson)
    {
        if (isJson)
            output.WriteLine(JsonSerializer.Serialize(Problem, AsInHttp));
        else
            foreach (var line in Lines)
                output.WriteLine(PlainText.OneLine(line));
        return ExitCode;
    }

    public static VerbFailure Unreachable(string type, string detail, IReadOnlyList<string> lines) => new(
        Admin.ExitCode.Unreachable, Details(StatusCodes.Status503ServiceUnavailable, type, "Server unavailable", detail), lines.Count > 0 ? lines : [detail]);

    /// <summary>Something that an operator has to see to first.</summary>
    public static VerbFailure NotSetUp(string type, string title, string detail) => new(Admin.ExitCode.Refused, Details(StatusCodes.Status500InternalServerError, type, title, detail), [detail]);

    private static ProblemDetails Details(int status, string type, string title, string detail) =>
        new() { Status = status, Type = $"urn:lovage:problem:{type}", Title = title, Detail = detail };
}
