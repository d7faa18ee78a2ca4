using FunctionApp.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FunctionApp.Hosting;

/// <summary>Finds mistakes in the settings before any server is started for them, which may take a minute the first time.</summary>
internal static class SettingsCheck
{
    /// <summary>Checks what the host itself would check only while it starts, after the servers.</summary>
    /// <exception cref="OptionsValidationException">Settings are missing or out of range.</exception>
    /// <exception cref="SettingException">A setting is not of its type.</exception>
    public static void Run(IHost host)
    {
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        // A value that cannot be converted: the binder names setting, value and type.
        catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException)
        {
            throw new SettingException(e.Message);
        }
    }
}
