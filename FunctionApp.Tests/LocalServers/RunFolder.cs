using LocalServers;
using LocalServers.Processes;

namespace FunctionApp.Tests.LocalServers;

/// <summary>The folder of one test run below <c>.local/tests</c>; what killed runs left there is cleaned up by the next one.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string LockName = "run.lock";

    private static readonly string Local = Path.Combine(RepositoryRoot.Find(), ".local");
    private static readonly string Tests = Path.Combine(Local, "tests");

    private readonly string path;
    private readonly FileStream alive;

    private RunFolder(string path)
    {
        this.path = path;
        // Held as long as this process lives: who can take it knows that the run is over.
        alive = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>The packages that <c>dotnet run</c> uses too: a fresh clone installs them once.</summary>
    public static string SharedNpm => Path.Combine(Local, "npm");

    public static RunFolder Create() => new(Directory.CreateDirectory(Path.Combine(Tests, Guid.NewGuid().ToString("N"))).FullName);

    /// <summary>A new empty folder.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(path, Guid.NewGuid().ToString("N")[..8])).FullName;

    /// <summary>Ends the servers of runs that did not end themselves, and deletes their folders.</summary>
    public static async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        foreach (var run in Directory.EnumerateDirectories(Tests).Where(IsOver))
        {
            // A server's data may hold any file; its state lies beside the data.
            var states = Directory.EnumerateDirectories(run).SelectMany(set => Directory.EnumerateFiles(set, "*.json")).Select(ServerState.Read);
            foreach (var state in states.OfType<ServerState>().Where(state => !state.Owner.IsAlive()))
            {
                ProcessSignal.End(state.Server);
                await state.Server.WaitForEndAsync(TimeSpan.FromSeconds(10), TimeProvider.System, cancellationToken);
            }

            Delete(run);
        }
    }

    public void Dispose()
    {
        alive.Dispose();
        Delete(path);
    }

    private static bool IsOver(string run)
    {
        var file = Path.Combine(run, LockName);
        // Another run is between its folder and its lock.
        if (!File.Exists(file)) return false;
        try
        {
            using var taken = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another run cleans up as well.
        }
    }
}
