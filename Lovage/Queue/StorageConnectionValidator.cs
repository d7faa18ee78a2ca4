using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace Lovage.Queue;

/// <summary>Refuses a connection string that the client cannot read, at start instead of at the first job. Never shows it: it holds a key.</summary>
internal sealed class StorageConnectionValidator : IValidateOptions<LovageOptions>
{
    public ValidateOptionsResult Validate(string? name, LovageOptions options)
    {
        if (options.StorageConnectionString.Length == 0)
            return ValidateOptionsResult.Skip;
        try
        {
            _ = new QueueClient(options.StorageConnectionString, "any");
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return ValidateOptionsResult.Fail("AzureWebJobsStorage is no connection string of a storage account. UseDevelopmentStorage=true stands for Azurite.");
        }
    }
}
