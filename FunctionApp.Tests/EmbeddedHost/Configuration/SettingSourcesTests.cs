using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.EmbeddedHost.Configuration;

public sealed class SettingSourcesTests
{
    [Fact]
    public void Sources_SameNameInAll_LaterOnesWin()
    {
        var (file, environment, arguments, option) = (Name(), Name(), Name(), Name());
        var values = string.Join(", ", new[] { file, environment, arguments, option }.Select(n => $"\"{n}\": \"file\""));
        foreach (var name in new[] { environment, arguments, option })
            Environment.SetEnvironmentVariable(name, "environment");

        var app = new TestApp { LocalSettings = $$"""{ "Values": { {{values}} } }""", Args = [$"--{arguments}", "arguments", $"--{option}", "arguments"] };
        app.Settings[option] = "option";
        using var host = app.Build();
        var configuration = host.Services.GetRequiredService<IConfiguration>();

        Assert.Equal(["file", "environment", "arguments", "option"], new[] { file, environment, arguments, option }.Select(n => configuration[n]));
    }

    [Fact]
    public void LocalSettings_DoubleUnderscore_IsASection()
    {
        using var host = new TestApp { LocalSettings = """{ "IsEncrypted": false, "Values": { "Lovage__KeyPrefix": "x", "Number": 3, } }""" }.Build();
        var configuration = host.Services.GetRequiredService<IConfiguration>();

        Assert.Equal("x", configuration["Lovage:KeyPrefix"]);
        Assert.Equal("3", configuration["Number"]);
    }

    [Theory]
    [InlineData("{ Values }", "local.settings.json is not valid JSON: line 1, character 3.")]
    [InlineData("[]", "local.settings.json is not a JSON object")]
    [InlineData("""{ "IsEncrypted": true }""", "local.settings.json is encrypted")]
    [InlineData("""{ "Values": [] }""", "local.settings.json: Values is Array")]
    [InlineData("""{ "Values": { "A": { "B": "c" } } }""", "local.settings.json: Values.A is Object")]
    public void LocalSettings_Unreadable_IsTold(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<EmbeddedHostException>(new TestApp { LocalSettings = text }.Build).Message, StringComparison.Ordinal);

    [Fact]
    public void LocalSettings_NotWanted_AreNotRead()
    {
        var folder = Directory.CreateTempSubdirectory("embedded-host-");
        File.WriteAllText(Path.Combine(folder.FullName, "host.json"), "{}");
        File.WriteAllText(Path.Combine(folder.FullName, "local.settings.json"), """{ "Values": { "A": "b" } }""");

        var with = EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { ContentRoot = folder.FullName });
        var without = EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { ContentRoot = folder.FullName, UseLocalSettings = false });
        folder.Delete(recursive: true);

        Assert.Equal("b", with.Configuration["A"]);
        Assert.Null(without.Configuration["A"]);
    }

    [Fact]
    public void AppSettingsJson_BesideHostJson_IsNotRead()
    {
        var folder = Directory.CreateTempSubdirectory("embedded-host-");
        File.WriteAllText(Path.Combine(folder.FullName, "host.json"), "{}");
        foreach (var name in new[] { "appsettings.json", "appsettings.Development.json" })
            File.WriteAllText(Path.Combine(folder.FullName, name), """{ "A": "b" }""");

        var builder = EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { ContentRoot = folder.FullName });
        folder.Delete(recursive: true);

        Assert.Equal("Development", builder.Environment.EnvironmentName);
        Assert.Null(builder.Configuration["A"]);
    }

    [Theory]
    [InlineData(null, "Development")]
    [InlineData("Staging", "Staging")]
    public void Environment_IsNamedBySetting(string? setting, string expected)
    {
        var app = new TestApp();
        app.Settings["AZURE_FUNCTIONS_ENVIRONMENT"] = setting;
        using var host = app.Build();

        Assert.Equal(expected, host.Services.GetRequiredService<IHostEnvironment>().EnvironmentName);
    }

    private static string Name() => $"EmbeddedHostTest{Guid.NewGuid():N}";
}
