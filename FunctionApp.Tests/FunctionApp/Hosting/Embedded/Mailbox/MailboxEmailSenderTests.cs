using System.Text.Json;
using FunctionApp.Email;
using FunctionApp.Hosting.Mailbox;
using FunctionApp.Tests.FunctionApp.Email;
using Lovage.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.FunctionApp.Hosting.Embedded.Mailbox;

public sealed class MailboxEmailSenderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EmailMessage Mail = new(Addresses.Of("ada@example.com"), "Hello", "<p>Hello & more</p>", "Hello");

    private readonly string root = Directory.CreateTempSubdirectory("mailbox-").FullName;
    private readonly FakeTimeProvider clock = new(Now);

    private string Folder => Path.Combine(root, "mails");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Send_Mail_IsAFileThatAnyoneCanRead()
    {
        await Sender(("SendGrid:FromAddress", "app@example.com"), ("SendGrid:FromName", "The app")).SendAsync(Mail, "job-17", CancellationToken.None);
        var file = Assert.Single(Directory.GetFiles(Folder));
        Assert.EndsWith(".json", file, StringComparison.Ordinal);
        Assert.Equal(7, Guid.ParseExact(Path.GetFileNameWithoutExtension(file), "D").Version);
        var mail = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
        Assert.Equal(
            ["ada@example.com", "The app <app@example.com>", "Hello", "job-17", "<p>Hello & more</p>", "Hello"],
            new[] { "to", "from", "subject", "key", "html", "text" }.Select(name => mail.GetProperty(name).GetString()));
        Assert.Equal(Now, mail.GetProperty("sent").GetDateTimeOffset());
        Assert.Contains("<p>Hello & more</p>", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_SameKeyTwice_IsThereTwice()
    {
        await Sender().SendAsync(Mail, "job-17", CancellationToken.None);
        await Sender().SendAsync(Mail, "job-17", CancellationToken.None);
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task Send_ManyAtOnceFromSeveralSenders_AreAllThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => Sender().SendAsync(Mail, "key", CancellationToken.None))));
        Assert.Equal(40, Directory.GetFiles(Folder, "*.json").Length);
        Assert.Empty(Directory.GetFiles(Folder, "*.tmp"));
    }

    [Fact]
    public async Task Send_AThousandAreThere_TheOldestGoes()
    {
        Directory.CreateDirectory(Folder);
        var older = Enumerable.Range(1, 1_000).Select(minutes => Path.Combine(Folder, $"{Guid.CreateVersion7(Now.AddMinutes(-minutes))}.json")).ToArray();
        foreach (var file in older)
            await File.WriteAllTextAsync(file, "{}");
        await File.WriteAllTextAsync(Path.Combine(Folder, "notes.json"), "mine");
        await Sender().SendAsync(Mail, "key", CancellationToken.None);
        Assert.Equal(1_001, Directory.GetFiles(Folder).Length);
        Assert.Equal([older[^1]], older.Where(file => !File.Exists(file)));
        Assert.True(File.Exists(Path.Combine(Folder, "notes.json")));
    }

    [Fact]
    public async Task Send_FilesThatOthersDidNotFinish_GoOnceTheyAreOld()
    {
        Directory.CreateDirectory(Folder);
        var (old, young) = (Path.Combine(Folder, "old.tmp"), Path.Combine(Folder, "young.tmp"));
        foreach (var (file, age) in new[] { (old, 61), (young, 59) })
        {
            await File.WriteAllTextAsync(file, "{");
            File.SetLastWriteTimeUtc(file, Now.AddMinutes(-age).UtcDateTime);
        }
        await Sender().SendAsync(Mail, "key", CancellationToken.None);
        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nend")]
    [InlineData("ключ")]
    [InlineData(null)]
    public async Task Send_KeyThatCouldBeNoHeader_IsRejected(string? key)
    {
        await Assert.ThrowsAsync<RejectJobException>(() => Sender().SendAsync(Mail, key!, CancellationToken.None));
        await Assert.ThrowsAsync<RejectJobException>(() => Sender().SendAsync(Mail, new('k', 101), CancellationToken.None));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Send_Cancelled_WasCertainlyNotSent()
    {
        Assert.Equal(TimeSpan.Zero, (await Assert.ThrowsAsync<RetryJobException>(() => Sender().SendAsync(Mail, "key", new(canceled: true)))).Delay);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Send_FolderCannotBeMade_IsTriedAgainAndNamesTheSetting()
    {
        await File.WriteAllTextAsync(Folder, "a file where the folder should be");
        var retry = await Assert.ThrowsAsync<RetryJobException>(() => Sender().SendAsync(Mail, "key", CancellationToken.None));
        Assert.Contains("Mailbox:Folder", retry.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(10), retry.Delay);
    }

    private MailboxEmailSender Sender(params (string Name, string Value)[] settings) => new(
        new MailboxFolder(Folder, clock, NullLogger<MailboxFolder>.Instance),
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(),
        clock);
}
