namespace Lovage.Jobs;

/// <summary>Carries the context into the job's DI scope: scoped services are made by the container, which knows no jobs.</summary>
internal sealed class JobContextHolder
{
    private JobContext? context;

    public JobContext Context
    {
        get => context ?? throw new InvalidOperationException(
            "JobContext was injected outside of a job. Inject IJobContextAccessor where code runs both inside and outside of jobs.");
        set => context = value;
    }
}
