using Lovage.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Jobs;

/// <summary>The original's example: a job that reads the app's configuration without asking anybody for a context.</summary>
public sealed partial class MathJobs(IConfiguration configuration, ILogger<MathJobs> logger)
{
    /// <summary>Adds two whole numbers. A sum that is too large is no better the second time, so it is not tried again.</summary>
    /// <param name="x">The first.</param>
    /// <param name="y">The second.</param>
    /// <returns>The sum.</returns>
    [Job("math.add", NeverRetryOn = [typeof(OverflowException)])]
    public int Add(int x, int y)
    {
        LogConfigured(configuration["SOME_CONFIG_KEY"]);
        return checked(x + y);
    }

    [LoggerMessage(1, LogLevel.Information, "SOME_CONFIG_KEY is {Value}")]
    private partial void LogConfigured(string? value);
}
