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

    /// <summary>How many event streams may be open at once in one process; 1 to 10,000, default 1,000.</summary>
    [Range(1, 10_000, ErrorMessage = "Api:MaxEventStreams takes 1 to 10,000.")]
    public int MaxEventStreams { get; set; } = 1_000;

    /// <summary>
    /// An event stream ends after so long, and its caller connects again. 1 s to 1 h, below <c>functionTimeout</c>, which would end the process with it;
    /// default 4 minutes, as a Consumption plan allows 5.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Api:LongestEventStream takes 1 second to 1 hour.")]
    public TimeSpan LongestEventStream { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>A silent event stream says so often that it is still there. 1 to 200 s, as Azure's front end cuts what is silent for 240; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:20", ErrorMessage = "Api:EventHeartbeat takes 1 to 200 seconds.")]
    public TimeSpan EventHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many dead letters one request may replay; 1 to 100,000, default 10,000.</summary>
    [Range(1, 100_000, ErrorMessage = "Api:MaxReplays takes 1 to 100,000 jobs.")]
    public int MaxReplays { get; set; } = 10_000;

    /// <summary>How many jobs one request may enqueue; 1 to 100,000, default 10,000. What is answered about each is held until the request was read.</summary>
    [Range(1, 100_000, ErrorMessage = "Api:MaxJobsPerRequest takes 1 to 100,000 jobs.")]
    public int MaxJobsPerRequest { get; set; } = 10_000;

    /// <summary>How large a request with many jobs may be, in bytes; 1 KiB to 100 MB, which is the limit of Azure's host, default 25 MiB.</summary>
    [Range(1_024, 100_000_000, ErrorMessage = "Api:MaxRequestBytes takes 1,024 to 100,000,000 bytes.")]
    public int MaxRequestBytes { get; set; } = 25 * 1024 * 1024;
}
