using EmbeddedHost.Configuration;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Catalog;

/// <summary>Which functions are switched off by <c>AzureWebJobs.{name}.Disabled</c> or <c>AzureWebJobs__{name}__Disabled</c>.</summary>
internal sealed class DisabledFunctions(IConfiguration configuration, Problems problems)
{
    public bool Contains(string function)
    {
        var name = $"AzureWebJobs.{function}.Disabled";
        var value = configuration[name] ?? configuration[$"AzureWebJobs:{function}:Disabled"];
        if (string.IsNullOrEmpty(value) || value == "0")
            return false;
        if (value == "1")
            return true;
        if (bool.TryParse(value, out var disabled))
            return disabled;

        problems.Add($"The setting '{name}' is '{value}'; it takes true or false.");
        return false;
    }
}
