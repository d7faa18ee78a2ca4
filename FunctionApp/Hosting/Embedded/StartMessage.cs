using EmbeddedHost;
using FunctionApp.Configuration;
using FunctionApp.Functions;
using FunctionApp.Hosting.Mailbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Hosting;

/// <summary>What a developer reads when the app has started: the functions, how many jobs run at once, and a line to paste.</summary>
internal static class StartMessage
{
    // Double quotes, which every shell takes.
    private const string KeyHeader = " -H \"x-functions-key: a-key-of-FunctionKeys\"";

    public static void Write(TextWriter output, IServiceProvider services)
    {
        // In one piece: log lines of the background would fall between its lines.
        using var writer = new StringWriter();
        var info = services.GetRequiredService<EmbeddedHostInfo>();
        writer.WriteLine();
        FunctionListing.Write(writer, info);
        writer.WriteLine(IsEnabled(info, nameof(ProcessJobs))
            ? services.GetRequiredService<EffectiveConcurrency>().ToString()
            : $"No jobs run in this process: {nameof(ProcessJobs)} is disabled.");
        if (IsEnabled(info, nameof(EnqueueJob)))
        {
            writer.WriteLine();
            writer.WriteLine("Try it:");
            writer.WriteLine($"    {Curl(UrlOf(info, nameof(EnqueueJob)))}{(info.AsksForKeys ? KeyHeader : "")}");
        }
        if (IsEnabled(info, nameof(GetDocs)))
        {
            writer.WriteLine();
            writer.WriteLine($"All jobs, to read about and to try in a browser: {UrlOf(info, nameof(GetDocs))}");
        }
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            writer.WriteLine($"Mails that the app sends: {new Uri(info.BaseAddress, MailboxStartup.Path)}");
        writer.WriteLine();
        output.Write(writer.ToString());
    }

    // Neither shell of Windows takes single quotes around JSON.
    private static string Curl(string route) => CurlTo(route.Replace("http://", "", StringComparison.Ordinal).Replace("{name}", "math.add", StringComparison.Ordinal));

    private static string CurlTo(string url) => OperatingSystem.IsWindows()
        ? $$"""curl.exe -s -X POST {{url}} -H "Content-Type: application/json" -d "{\"x\":2,\"y\":3}" """.TrimEnd()
        : $$"""curl -s -X POST {{url}} -H 'Content-Type: application/json' -d '{"x":2,"y":3}'""";

    private static string UrlOf(EmbeddedHostInfo info, string name) => info.Functions.Single(f => f.Name == name).Url!;

    private static bool IsEnabled(EmbeddedHostInfo info, string name) => info.Functions.Any(f => f.Name == name && !f.Disabled);
}
