namespace Lovage.Jobs;

internal sealed class JobContextAccessor : IJobContextAccessor
{
    // An instance field: two hosts in one process do not see each other's jobs.
    private readonly AsyncLocal<JobContext?> current = new();

    public JobContext? Context
    {
        get => current.Value;
        set => current.Value = value;
    }
}
