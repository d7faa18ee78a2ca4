namespace FunctionApp.Hosting.Admin;

/// <summary>What a verb tells the shell; docs/command-line.md has the same list.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Bad arguments, an unknown name, job or account, a job in the wrong state, an address that is taken, settings that cannot be used.</summary>
    public const int Refused = 1;

    /// <summary>Redis, the storage account or the database did not answer.</summary>
    public const int Unreachable = 2;

    /// <summary>The job that was waited for failed, was cancelled or expired.</summary>
    public const int JobFailed = 3;

    /// <summary>It has not ended in the time that was to be waited.</summary>
    public const int WaitOver = 4;

    /// <summary>Ctrl+C, as shells have it: 128 and the signal's number.</summary>
    public const int Interrupted = 130;
}
