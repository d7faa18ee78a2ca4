using FunctionApp.Accounts;
using FunctionApp.Accounts.SignIn;
using FunctionApp.Configuration;
using FunctionApp.Email;
using FunctionApp.Hosting;
using FunctionApp.Http;
using FunctionApp.Http.Events;
using FunctionApp.Jobs;
using FunctionApp.OpenApi;
using FunctionApp.Telemetry;
using Lovage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp;

/// <summary>The app's container: what every function and every job can ask for. Built once for each process.</summary>
internal static class Composition
{
    public static void Compose(this FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<SignInMiddleware>();
        var configuration = builder.Configuration;

        var concurrency = EffectiveConcurrency.Read(configuration, builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(concurrency);
        builder.Services.AddSingleton(OperatorAccess.Read(configuration));
        builder.Services.AddSingleton<ApiDocument>();
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<EventStreams>();
        var lovage = builder.Services.AddLovage(options =>
        {
            configuration.GetSection("Lovage").Bind(options);
            options.StorageConnectionString = configuration["AzureWebJobsStorage"] ?? "";
            options.QueueName = configuration["LovageQueue"] ?? "";
            options.RedisConfiguration = configuration["Redis"] ?? "";
            options.Concurrency = concurrency.Jobs;
            options.LongestRun = HostTimeout.Read(configuration, builder.Environment.ContentRootPath);
        }).AddJobs(typeof(Composition).Assembly);

        builder.Services.AddAccounts(lovage, configuration, builder.Environment);

        builder.Services.AddOtlpExport(configuration);
        builder.Services.AddStackExchangeRedisCache(options =>
        {
            options.Configuration = configuration["Redis"];
            options.InstanceName = $"{configuration["Lovage:KeyPrefix"] ?? "lovage"}:cache:";
        });
        builder.Services.AddHttpClient(PageFetcher.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddSingleton<PageFetcher>();
        builder.Services.AddEmail(configuration);
        builder.Services.AddHostServices();
    }
}
