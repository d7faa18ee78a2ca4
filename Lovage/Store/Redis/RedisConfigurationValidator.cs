using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Refuses an address that the client cannot read, at start instead of at the first job. Never shows it: it may hold a password.</summary>
internal sealed class RedisConfigurationValidator : IValidateOptions<LovageOptions>
{
    public ValidateOptionsResult Validate(string? name, LovageOptions options)
    {
        try
        {
            return ConfigurationOptions.Parse(options.RedisConfiguration).EndPoints.Count > 0 || options.RedisConfiguration.Length == 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Redis names no server: give its address, for example localhost:6379.");
        }
        catch (ArgumentException e)
        {
            return ValidateOptionsResult.Fail($"Redis cannot be read: {e.Message.ReplaceLineEndings(" ")} It is an address with options, for example localhost:6379,ssl=true.");
        }
    }
}
