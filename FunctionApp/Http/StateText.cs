using System.Text.Json;
using Lovage.Jobs;

namespace FunctionApp.Http;

/// <summary>A state as callers read it: <c>queued</c>.</summary>
internal static class StateText
{
    public static IEnumerable<string> All => Enum.GetValues<JobState>().Select(Of);

    public static string Of(JobState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    /// <summary>Null if it is none.</summary>
    public static JobState? TryParse(string text) => Enum.GetValues<JobState>().Cast<JobState?>().FirstOrDefault(state => Of(state!.Value) == text);
}
