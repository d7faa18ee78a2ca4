using System.Text.Json;

namespace LocalServers.Processes;

/// <summary>What is written down about a server that a run started, so that a later run knows whose it is.</summary>
/// <param name="Server">The server's process.</param>
/// <param name="Owner">The process that stops it.</param>
/// <param name="Port">Where it answers.</param>
internal sealed record ServerState(ProcessIdentity Server, ProcessIdentity Owner, int Port)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static ServerState? Read(string file)
    {
        try
        {
            var state = JsonSerializer.Deserialize<ServerState>(File.ReadAllText(file), Format);
            return state is { Server: not null, Owner: not null } ? state : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // Never written, or cut off by a crash. Without it nothing running is ours, which is the safe side.
            return null;
        }
    }

    public void Write(string file)
    {
        var draft = file + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this, Format));
        File.Move(draft, file, overwrite: true);
    }
}
