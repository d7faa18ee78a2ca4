namespace LocalServers;

/// <summary>The folder that holds host.json and the tool manifest, wherever below it the program was built or started.</summary>
internal static class RepositoryRoot
{
    public const string ToolManifest = ".config/dotnet-tools.json";

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
