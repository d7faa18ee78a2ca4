namespace Lovage.Store.Redis;

/// <summary>The Lua sources. Every change of a job's state is made by one of them.</summary>
internal static class RedisScripts
{
    public static string Create { get; } = Read("create");

    public static string Claim { get; } = Read("claim");

    public static string Reclaim { get; } = Read("reclaim");

    public static string Settle { get; } = Read("settle");

    public static string Progress { get; } = Read("progress");

    private static string Read(string name)
    {
        using var stream = typeof(RedisScripts).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"Script {name}.lua is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
