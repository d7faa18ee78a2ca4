using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Http;

/// <summary>Limits of the HTTP API, section <c>Api</c>. Checked when the app starts; all errors are reported together.</summary>
public sealed class ApiOptions
{
    internal const string Section = "Api";

    /// <summary>How deep a body's JSON may be nested; 1 to 256, default 64.</summary>
    [Range(1, 256, ErrorMessage = "Api:MaxDepth takes 1 to 256 levels.")]
    public int MaxDepth { get; set; } = 64;

    /// <summary>A caller that would wait longer for a job's end waits so long. 0 to 200 s, as Azure's front end gives a request up after 230; default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:03:20", ErrorMessage = "Api:LongestWait takes 0 to 200 seconds.")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(60);
}
