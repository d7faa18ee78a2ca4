using FunctionApp.Email;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionApp.Tests.FunctionApp.Email;

/// <summary>What tests of mails share.</summary>
internal static class Mails
{
    /// <summary>With what must be encoded in HTML, and must not be in plain text.</summary>
    public static Uri Link { get; } = new("https://app.example/account?id=17&token=a%2Bb+c==");

    public static EmailRenderer Renderer() => new(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);
}
