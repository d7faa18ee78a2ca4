using System.Text.Json;
using Lovage.Jobs;

namespace FunctionApp.Http;

/// <summary>A state as callers read it: <c>queued</c>.</summary>
internal static class StateText
{
    public static string Of(JobState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
