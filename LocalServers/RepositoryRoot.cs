namespace LocalServers;

/// <summary>The folder that holds host.json and the tool manifest, wherever below it the program was built or started.</summary>
public static class RepositoryRoot
{
    internal const string ToolManifest = ".config/dotnet-tools.json";

    /// <summary>The folder; where there is none, the current one.</summary>
    public static string Find() =>
        Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory()) ?? Directory.GetCurrentDirectory();

    private static string? Above(string start)
    {
        // The build copies host.json beside the program; the tool manifest is only at the root.
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "host.json")) && File.Exists(Path.Combine(folder.FullName, ToolManifest)))
                return folder.FullName;
        return null;
    }
}
