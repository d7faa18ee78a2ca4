using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>
/// The mails, a file each, in a folder that several processes share. A file is there whole or not at all: it gets its name once it is on the disk.
/// </summary>
/// <param name="folder">Made with the first mail.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told of files that are no mails.</param>
internal sealed partial class MailboxFolder(string folder, TimeProvider time, ILogger<MailboxFolder> logger)
{
    public const string Setting = "Mailbox:Folder";

    private const int Kept = 1_000;
    private const string Unfinished = ".tmp";

    // Far longer than a mail takes to write: whoever began it is gone.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public string Location => folder;

    public static MailboxFolder Of(IConfiguration configuration, IServiceProvider services) => new(
        Path.GetFullPath(configuration[Setting] is { Length: > 0 } own ? own : Path.Combine(DataFolder.Of(configuration), "mailbox")),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<MailboxFolder>>());

    /// <summary>Adds a mail, and forgets the oldest beyond 1,000.</summary>
    public async Task AddAsync(MailboxMail mail)
    {
        Directory.CreateDirectory(folder);
        var path = FileOf(mail.Id);
        await using (var file = new FileStream(path + Unfinished, FileMode.CreateNew, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(file, mail, MailboxJson.Options);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + Unfinished, path);
        try
        {
            Trim();
        }
        // The mail is there; what is too much goes with the next one.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotTrimmed(e.Message);
        }
    }

    /// <summary>All, the newest first.</summary>
    public async Task<IReadOnlyList<MailboxMail>> ListAsync(CancellationToken cancellation)
    {
        var mails = new List<MailboxMail>();
        foreach (var id in Ids())
        {
            if (await FindAsync(id, cancellation) is { } mail)
                mails.Add(mail);
        }
        return [.. mails.OrderByDescending(mail => mail.Sent)];
    }

    /// <returns>Null if there is none of that id, or no longer.</returns>
    public async Task<MailboxMail?> FindAsync(Guid id, CancellationToken cancellation)
    {
        try
        {
            return JsonSerializer.Deserialize<MailboxMail>(await File.ReadAllBytesAsync(FileOf(id), cancellation), MailboxJson.Options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            LogNoMail(FileOf(id), e.Message);
            return null;
        }
    }

    public void DeleteAll()
    {
        foreach (var id in Ids())
            File.Delete(FileOf(id));
    }

    private void Trim()
    {
        foreach (var id in Ids().Skip(Kept))
            File.Delete(FileOf(id));
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"*{Unfinished}"))
        {
            if (time.GetUtcNow() - file.LastWriteTimeUtc > Abandoned)
                file.Delete();
        }
    }

    // The newest first: an id begins with its time. Whatever else is in the folder is left alone.
    private Guid[] Ids() => !Directory.Exists(folder) ? [] :
    [
        .. from file in Directory.EnumerateFiles(folder, "*.json")
           let id = Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "D", out var parsed) ? parsed : (Guid?)null
           where id is not null
           orderby $"{id}" descending
           select id.Value,
    ];

    private string FileOf(Guid id) => Path.Combine(folder, $"{id}.json");

    [LoggerMessage(2, LogLevel.Warning, "Old mails of the mailbox cannot be deleted: {Error}")]
    private partial void LogNotTrimmed(string error);

    [LoggerMessage(1, LogLevel.Warning, "{File} is no mail of the mailbox: {Error}")]
    private partial void LogNoMail(string file, string error);
}
