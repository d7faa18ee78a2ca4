using FunctionApp.Hosting.Admin.Output;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin;

/// <summary>What a verb has to say.</summary>
/// <param name="Json">With <c>--json</c>: what the HTTP API answers. A problem is a refusal in either form.</param>
/// <param name="Show">For people.</param>
/// <param name="ExitCode">For the shell.</param>
internal sealed record VerbAnswer(IResult Json, Action<Page> Show, int ExitCode = ExitCode.Done);
