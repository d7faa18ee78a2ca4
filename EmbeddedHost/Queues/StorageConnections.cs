using Azure.Core;
using Azure.Storage.Queues;
using EmbeddedHost.Configuration;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>Makes queue clients from connection settings, looked up as the stock host does.</summary>
internal sealed class StorageConnections(IConfiguration configuration)
{
    public const string Default = "AzureWebJobsStorage";

    private static readonly string[] IdentityKeys = ["queueServiceUri", "serviceUri", "accountName"];

    /// <summary>What is wrong with a connection setting; null if nothing is.</summary>
    public string? Check(string setting)
    {
        if (Find(setting) is not { } connectionString)
        {
            return IdentityKeys.FirstOrDefault(k => configuration[$"{setting}:{k}"] is not null) is { } key
                ? $"has a connection by managed identity ('{setting}__{key}'), which is not supported here. Set '{setting}' to a connection string, such as UseDevelopmentStorage=true."
                : $"needs the connection string '{setting}', which is not set. Add it to {LocalSettings.FileName} or the environment; UseDevelopmentStorage=true is Azurite on this machine.";
        }

        try
        {
            _ = new QueueServiceClient(connectionString);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            // Without the value: it may hold a key.
            return $"has a connection string in '{setting}' that cannot be read: {exception.Message.TrimEnd('.')}.";
        }
    }

    public QueueClient Open(string queue, string setting) => new(Find(setting), queue, Options());

    private string? Find(string setting)
    {
        string?[] places = [configuration[$"AzureWebJobs{setting}"], configuration[setting], configuration.GetConnectionString(setting)];
        return places.FirstOrDefault(p => !string.IsNullOrWhiteSpace(p));
    }

    private static QueueClientOptions Options()
    {
        // A version that every Azurite of the last years speaks: the newest would be refused by yesterday's.
        var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_12_02)
        {
            // Decoded by ourselves: what cannot be must go to the poison queue as it is.
            MessageEncoding = QueueMessageEncoding.None,
            Diagnostics = { IsDistributedTracingEnabled = false },
        };

        // The listener has its own back-off; a stop cannot wait for the client's default of a minute and more.
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return options;
    }
}
