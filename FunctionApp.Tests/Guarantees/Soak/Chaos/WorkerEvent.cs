namespace FunctionApp.Tests.Guarantees.Soak.Chaos;

/// <summary>What happens to a worker process.</summary>
internal enum WorkerEvent
{
    /// <summary>SIGKILL, wherever it is.</summary>
    Kill,

    /// <summary>SIGTERM: it may finish what it runs, within the host's seconds.</summary>
    Stop,

    /// <summary>SIGSTOP, and SIGCONT when its lease is over.</summary>
    Pause,
}
