using FunctionApp.Tests.Guarantees.Soak;
using FunctionApp.Tests.Guarantees.Workers;

/// <summary>
/// Called by the runtime in an app process before the app begins, where <c>DOTNET_STARTUP_HOOKS</c> names this assembly. It brings jobs, deaths and faults
/// of tests into the built app, which has no code for them. The runtime asks for this name, outside any namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SoakHook.Faults) is { Length: > 0 } told)
            SoakHook.Install(told);
        else
            WorkerHook.Install();
    }
}
