using System.ComponentModel.DataAnnotations;

namespace Lovage;

/// <summary>Settings of the engine. Checked when the app starts; all errors are reported together.</summary>
public sealed class LovageOptions
{
    /// <summary>Connection string of the storage account that holds the queue. Required.</summary>
    [Required(ErrorMessage = "AzureWebJobsStorage is not set: give the connection string of a storage account, or UseDevelopmentStorage=true for Azurite.")]
    public string StorageConnectionString { get; set; } = "";

    /// <summary>The storage queue. Required; 3 to 63 of <c>a-z 0-9 -</c> (rule of Azure Storage). Belongs to this app alone.</summary>
    [Required(ErrorMessage = "LovageQueue is not set: name the storage queue of this app's jobs.")]
    [RegularExpression("^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$", ErrorMessage = "LovageQueue is no name for a storage queue: use 3 to 63 of a-z 0-9 -, no hyphen first, last or doubled.")]
    public string QueueName { get; set; } = "";

    /// <summary>Where Redis is, in StackExchange.Redis's configuration format: <c>localhost:6379</c>. Required.</summary>
    [Required(ErrorMessage = "Redis is not set: give its address, for example localhost:6379.")]
    public string RedisConfiguration { get; set; } = "";

    /// <summary>Every key of this app begins with it, in braces, so that they share one slot of a Redis cluster. Default <c>lovage</c>.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]{1,60}$", ErrorMessage = "Lovage:KeyPrefix takes 1 to 60 of A-Z a-z 0-9 . _ -.")]
    public string KeyPrefix { get; set; } = "lovage";

    /// <summary>How many jobs this process runs at once. 1 to 10,000; default 16, as the queue trigger's batchSize.</summary>
    [Range(1, 10_000, ErrorMessage = "Lovage:Concurrency takes 1 to 10,000 jobs at once.")]
    public int Concurrency { get; set; } = 16;

    /// <summary>What one job's arguments may take, as UTF-8 JSON. 1 KiB to 16 MiB; default 1 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024, ErrorMessage = "Lovage:MaxArgumentBytes takes 1,024 to 16,777,216 bytes.")]
    public int MaxArgumentBytes { get; set; } = 1024 * 1024;

    /// <summary>What one job's result may take, as UTF-8 JSON; a job with a larger one fails. 1 KiB to 16 MiB; default 1 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024, ErrorMessage = "Lovage:MaxResultBytes takes 1,024 to 16,777,216 bytes.")]
    public int MaxResultBytes { get; set; } = 1024 * 1024;

    /// <summary>A queue message goes back to the queue, with the jobs it has not yet started, after this time. 1 s to 1 h, below <c>functionTimeout</c>; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Lovage:HandBackAfter takes 1 second to 1 hour.")]
    public TimeSpan HandBackAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A worker that does not know a job's name hands it back for so long, every 15 seconds, before the job fails: a newer version of the app may know it.
    /// 0 to 7 days; default 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00", ErrorMessage = "Lovage:KeepUnknownJobs takes 0 to 7 days.")]
    public TimeSpan KeepUnknownJobs { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A worker that has not renewed its lease for so long is taken for dead; its jobs run elsewhere. 1 s to 5 min; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Lovage:LeaseDuration takes 1 second to 5 minutes.")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a succeeded job can be asked about. 1 minute to 30 days; default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Lovage:KeepSucceeded takes 1 minute to 30 days.")]
    public TimeSpan KeepSucceeded { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a failed job can be asked about. 1 minute to 365 days; default 14 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00", ErrorMessage = "Lovage:KeepFailed takes 1 minute to 365 days.")]
    public TimeSpan KeepFailed { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How many ended jobs of one name can be asked about, those that failed not counted; beyond it the oldest are forgotten. 1 to 10,000,000; default 100,000.</summary>
    [Range(1, 10_000_000, ErrorMessage = "Lovage:MaxFinishedPerName takes 1 to 10,000,000 jobs.")]
    public int MaxFinishedPerName { get; set; } = 100_000;

    /// <summary>For how long an idempotency key stands for the job that it was first used for. 1 minute to 30 days; default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Lovage:IdempotencyWindow takes 1 minute to 30 days.")]
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a job's body is run at most, the first time included. 1 to 100; default 3.</summary>
    [Range(1, 100, ErrorMessage = "Lovage:MaxAttempts takes 1 to 100.")]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The longest pause before the second attempt; the pause is anything up to it, by chance. 0 to 1 day; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "Lovage:RetryBase takes 0 to 1 day.")]
    public TimeSpan RetryBase { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>By how much the longest pause grows with each attempt. 1 to 10; default 2.</summary>
    [Range(1.0, 10.0, ErrorMessage = "Lovage:RetryFactor takes 1 to 10.")]
    public double RetryFactor { get; set; } = 2;

    /// <summary>The longest pause of all. 0 to 7 days; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00", ErrorMessage = "Lovage:RetryCap takes 0 to 7 days.")]
    public TimeSpan RetryCap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>No job may run longer than this, whatever its own time limit says: its token is cancelled then. 1 s to 1 day; default none. Set it below what the host allows a function.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Lovage:LongestRun takes 1 second to 1 day.")]
    public TimeSpan? LongestRun { get; set; }

    /// <summary>A job during whose lone run its process died so often has failed. 1 to 100; default 3.</summary>
    [Range(1, 100, ErrorMessage = "Lovage:MaxCrashes takes 1 to 100.")]
    public int MaxCrashes { get; set; } = 3;

    /// <summary>How often each process looks for jobs whose worker is gone or whose message was lost. 100 ms to 5 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ErrorMessage = "Lovage:SweepInterval takes 100 milliseconds to 5 minutes.")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A queued job that was rung so much before another that has been claimed since is rung again. 1 s to 1 day; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Lovage:OvertakenAfter takes 1 second to 1 day.")]
    public TimeSpan OvertakenAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A queued job that nobody has claimed for so long is rung again, whatever else was claimed. 1 s to 7 days; default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ErrorMessage = "Lovage:UnclaimedAfter takes 1 second to 7 days.")]
    public TimeSpan UnclaimedAfter { get; set; } = TimeSpan.FromMinutes(10);
}
