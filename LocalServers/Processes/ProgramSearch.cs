namespace LocalServers.Processes;

/// <summary>Finds programs the way a shell does.</summary>
/// <param name="searchPath">Folders as PATH writes them; null takes this process's PATH.</param>
internal sealed class ProgramSearch(string? searchPath)
{
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    public string Path { get; } = searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>The full path of a program, or null if no folder has it.</summary>
    public string? Find(string program) =>
        (from folder in Path.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
         from ending in Endings
         let file = System.IO.Path.Combine(folder, program + ending)
         where File.Exists(file)
         select file).FirstOrDefault();
}
