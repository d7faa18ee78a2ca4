using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin;

/// <summary>The verb does not do what was asked.</summary>
/// <param name="problem">What the HTTP API would answer: a problem.</param>
/// <param name="lines">What a person reads instead; none is the problem's detail.</param>
internal sealed class RefusedException(IResult problem, params IReadOnlyList<string> lines) : Exception
{
    public IResult Problem { get; } = problem;

    public IReadOnlyList<string> Lines { get; } = lines;
}
