namespace LocalServers.Processes;

/// <summary>Lets one process at a time pass. The system lets go of it when that process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Waits until nobody else is inside.</summary>
    /// <param name="path">A file that exists only for this.</param>
    /// <param name="waiting">Called once if somebody else is inside.</param>
    /// <param name="clock">Paces the attempts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<FileLock> EnterAsync(string path, Action waiting, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (isFirst) waiting();
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
            }
        }
    }

    public void Dispose() => file.Dispose();
}
