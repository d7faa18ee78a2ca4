using EmbeddedHost.Queues;

namespace EmbeddedHost;

/// <summary>Makes the host look at a queue at once: for those who know that there is a message, and would not wait until it polls again. A singleton service.</summary>
public sealed class QueueWakeUp
{
    private readonly QueueListeners listeners;

    internal QueueWakeUp(QueueListeners listeners) => this.listeners = listeners;

    /// <summary>Wakes the functions of a queue, if there are any and they wait. Thread-safe, returns at once.</summary>
    /// <param name="queue">The queue's name.</param>
    public void Wake(string queue) => listeners.Wake(queue);
}
