using FunctionApp.Configuration;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Tests.FunctionApp.Configuration;

public sealed class EffectiveConcurrencyTests
{
    [Fact]
    public void Read_TheAppsHostJson_SaysTen() =>
        Assert.Equal("10 jobs at once: host.json extensions.queues.batchSize", Read().ToString());

    [Fact]
    public void Read_Override_WinsOverHostJsonAndIsNamed() =>
        Assert.Equal(
            "3 jobs at once: AzureFunctionsJobHost__extensions__queues__batchSize", Read(("AzureFunctionsJobHost:extensions:queues:batchSize", "3")).ToString());

    [Fact]
    public void Read_OwnSetting_WinsOverAll() =>
        Assert.Equal(
            "1 job at once: Lovage:Concurrency", Read(("AzureFunctionsJobHost:extensions:queues:batchSize", "3"), ("Lovage:Concurrency", "1")).ToString());

    [Fact]
    public void Read_NoHostJson_IsTheTriggersDefault() =>
        Assert.Equal(16, EffectiveConcurrency.Read(new ConfigurationBuilder().Build(), Path.GetTempPath()).Jobs);

    [Theory]
    [InlineData("ten")]
    [InlineData("0")]
    [InlineData("-1")]
    public void Read_NotANumberOfJobs_NamesTheSettingAndTheValue(string value)
    {
        var e = Assert.Throws<SettingException>(() => Read(("Lovage:Concurrency", value)));
        Assert.Equal($"Lovage:Concurrency is '{value}'; it must be a whole number of jobs, 1 or more.", e.Message);
    }

    private static EffectiveConcurrency Read(params (string Key, string Value)[] settings) => EffectiveConcurrency.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build(), AppContext.BaseDirectory);
}
