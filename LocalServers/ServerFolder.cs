namespace LocalServers;

/// <summary>Where servers keep what must survive them.</summary>
/// <param name="Root">The folder of this set of servers.</param>
/// <param name="NpmFolder">Where npm packages are installed.</param>
internal sealed record ServerFolder(string Root, string NpmFolder)
{
    public static ServerFolder Of(LocalServerOptions options)
    {
        var root = options.DataPath;
        return new(root, Path.GetFullPath(options.NpmFolder ?? Path.Combine(root, "npm")));
    }

    public string Data(string server) => Created(Path.Combine(Root, server));

    public string Log(string server) => Path.Combine(Created(Path.Combine(Root, "logs")), $"{server}.log");

    public string State(string server) => Path.Combine(Created(Root), $"{server}.json");

    public string Lock(string server) => Path.Combine(Created(Root), $"{server}.lock");

    public string Npm() => Created(NpmFolder);

    /// <summary>A path as a person at the repository's root would type it.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(RepositoryRoot.Find(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Created(string folder) => Directory.CreateDirectory(folder).FullName;
}
