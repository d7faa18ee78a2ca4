using System.Runtime.CompilerServices;
using FunctionApp.Configuration;
using Lovage.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FunctionApp.Telemetry;

/// <summary>Sends traces and metrics where OpenTelemetry's standard setting says. Without it neither the exporter nor what hosts it is loaded.</summary>
internal static class OtlpExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <exception cref="SettingException">The endpoint is no address.</exception>
    public static void AddOtlpExport(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[Endpoint] is not { Length: > 0 } endpoint)
            return;
        // The exporter would write a line where nobody looks, and send to its default address.
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new SettingException($"{Endpoint} is '{endpoint}', which is no address: write http://localhost:4317, or remove it to export nothing.");
        Add(services, configuration);
    }

    // A method of its own: what it names is loaded when it is compiled, which is when it is first called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(IServiceCollection services, IConfiguration configuration) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.Clear().AddService("lovage").AddTelemetrySdk().AddEnvironmentVariableDetector())
        .WithTracing(tracing =>
        {
            tracing.AddSource(LovageTelemetry.Name, "Microsoft.AspNetCore", "Microsoft.Azure.Functions.Worker", "System.Net.Http");
            if (string.IsNullOrEmpty(configuration[Sampler]))
                tracing.SetSampler(new ParentBasedSampler(new NoLoneCalls()));
        })
        .WithMetrics(metrics => metrics.AddMeter(LovageTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"))
        .UseOtlpExporter();
}
