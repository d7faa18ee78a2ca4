namespace Lovage.Store.Redis;

/// <summary>The Lua sources. Every change of a job's state is made by one of them.</summary>
internal static class RedisScripts
{
    /// <summary>A script holds up everybody else on the server: so many jobs take it a few milliseconds.</summary>
    public const int MostJobs = 500;

    /// <summary>What their arguments or results take together, unless those of one job take more.</summary>
    public const int MostBytes = 1024 * 1024;

    private static readonly string Prelude = Read("prelude");
    private static readonly string Lifecycle = Prelude + Read("lifecycle");

    public static string Create { get; } = Lifecycle + Read("create");

    public static string Claim { get; } = Lifecycle + Read("claim");

    public static string Settle { get; } = Lifecycle + Read("settle");

    public static string Restore { get; } = Lifecycle + Read("restore");

    public static string Reclaim { get; } = Lifecycle + Read("reclaim");

    public static string Disown { get; } = Lifecycle + Read("disown");

    public static string Cancel { get; } = Lifecycle + Read("cancel");

    public static string Replay { get; } = Lifecycle + Read("replay");

    public static string Bury { get; } = Lifecycle + Read("bury");

    public static string Suspects { get; } = Prelude + Read("suspects");

    public static string Age { get; } = Prelude + Read("age");

    public static string Ring { get; } = Lifecycle + Read("ring");

    public static string Outlived { get; } = Prelude + Read("outlived");

    public static string Trim { get; } = Lifecycle + Read("trim");

    public static string Intend { get; } = Read("intend");

    public static string Conclude { get; } = Read("conclude");

    public static string Progress { get; } = Prelude + Read("progress");

    public static string Acquire { get; } = Prelude + Read("acquire");

    public static string Renew { get; } = Prelude + Read("renew");

    private static string Read(string name)
    {
        using var stream = typeof(RedisScripts).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"Script {name}.lua is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
