using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

public sealed class AdminContainerTests(RealServers servers)
{
    [Theory]
    [InlineData("Trace")]
    [InlineData("Error")]
    public void Logging_WhateverHostJsonSays_IsWarningsOnStandardError(string level)
    {
        using var container = Cli.Alone(servers).With("AzureFunctionsJobHost:logging:logLevel:default", level).Container();
        var logger = container.Services.GetRequiredService<ILogger<AdminContainerTests>>();
        Assert.True(logger.IsEnabled(LogLevel.Warning));
        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.Equal(LogLevel.Trace, container.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.LogToStandardErrorThreshold);
    }
}
