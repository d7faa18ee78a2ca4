using System.Text.RegularExpressions;
using EmbeddedHost.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>Reads queue and connection names of attributes, and tells what is wrong with them.</summary>
internal sealed partial class QueueNames(SettingNames settings, StorageConnections connections, Problems problems)
{
    public (string Queue, string Connection) Resolve(string queueName, string? connection, string where, bool disabled)
    {
        // A function that is switched off may lack its settings, as on the stock host.
        var found = disabled ? new Problems() : problems;
        var name = settings.Resolve(queueName, where, found).ToLowerInvariant();
        if (!name.Contains('%', StringComparison.Ordinal) && !Valid().IsMatch(name))
            found.AddOnce(Source(queueName), $"{where} names the queue '{name}'; a queue's name takes 3 to 63 lower-case letters, digits and single hyphens between them.");

        var setting = connection is null ? StorageConnections.Default : settings.Resolve(connection, where, found);
        if (connections.Check(setting) is { } wrong)
            found.AddOnce(setting, $"{where} {wrong}");

        return (name, setting);
    }

    // The setting that the name comes from, which several functions may share.
    private static string Source(string queueName) => queueName.Split('%') is [_, var setting, _] ? $"%{setting}%" : queueName;

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Valid();
}
