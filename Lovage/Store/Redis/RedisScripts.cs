namespace Lovage.Store.Redis;

/// <summary>The Lua sources. Every change of a job's state is made by one of them.</summary>
internal static class RedisScripts
{
    private static readonly string Prelude = Read("prelude");

    public static string Create { get; } = Prelude + Read("create");

    public static string Claim { get; } = Prelude + Read("claim");

    public static string Settle { get; } = Prelude + Read("settle");

    public static string Restore { get; } = Prelude + Read("restore");

    public static string Reclaim { get; } = Prelude + Read("reclaim");

    public static string Disown { get; } = Prelude + Read("disown");

    public static string Cancel { get; } = Prelude + Read("cancel");

    public static string Replay { get; } = Prelude + Read("replay");

    public static string Bury { get; } = Prelude + Read("bury");

    public static string Suspects { get; } = Prelude + Read("suspects");

    public static string Ring { get; } = Prelude + Read("ring");

    public static string Progress { get; } = Read("progress");

    public static string Acquire { get; } = Read("acquire");

    public static string Renew { get; } = Read("renew");

    private static string Read(string name)
    {
        using var stream = typeof(RedisScripts).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"Script {name}.lua is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
