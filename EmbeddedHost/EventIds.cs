namespace EmbeddedHost;

/// <summary>Log event ids, a range for each folder.</summary>
internal static class EventIds
{
    public const int Hosting = 1000;
    public const int Invocation = 1100;
    public const int Http = 1200;
    public const int Queues = 1300;
    public const int Timers = 1400;
    public const int Admin = 1500;
    public const int Keys = 1600;
}
