using Lovage.Jobs;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>202: the job is cancelled, or was asked to stop. 409 if it had ended otherwise.</summary>
internal static class CancelAnswer
{
    /// <param name="id">The job.</param>
    /// <param name="state">The state that it has now.</param>
    public static IResult Of(JobId id, JobState state) => state is JobState.Cancelled or JobState.Running
        ? Results.Json(new { Id = id.Value, State = StateText.Of(state) }, statusCode: StatusCodes.Status202Accepted)
        : Problems.NotCancellable(id, state);
}
