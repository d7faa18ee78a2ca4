using System.Diagnostics;
using System.Reflection;
using EmbeddedHost.Admin;
using EmbeddedHost.Catalog;
using EmbeddedHost.Configuration;
using EmbeddedHost.Http;
using EmbeddedHost.Invocation;
using EmbeddedHost.Keys;
using EmbeddedHost.Logging;
using EmbeddedHost.Queues;
using EmbeddedHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EmbeddedHost.Hosting;

/// <summary>Puts the host together: what the builder offers to the app before <see cref="Build"/>, and everything else in it.</summary>
internal sealed class HostComposition
{
    private readonly EmbeddedHostOptions options;
    private readonly HostJson hostJson;
    private bool usesWebApplication;
    private bool built;

    private HostComposition(EmbeddedHostOptions options, HostJson hostJson, WebApplicationBuilder web)
    {
        this.options = options;
        this.hostJson = hostJson;
        Web = web;
    }

    public WebApplicationBuilder Web { get; }

    public InvocationPipeline Pipeline { get; } = new();

    public static HostComposition Create(EmbeddedHostOptions options)
    {
        var problems = new Problems();
        OptionChecks.Check(options, problems);
        problems.ThrowIfAny();
        var hostJson = HostJson.Read(options.ContentRoot);
        var settings = new ConfigurationManager();
        SettingSources.AddTo(settings, options);

        // The empty builder: no appsettings.json, no ASPNETCORE_ variables, no middleware that the stock host does not have either.
        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = Path.GetFullPath(options.ContentRoot),
            EnvironmentName = SettingSources.EnvironmentName(settings),
            ApplicationName = FunctionAssembly(options).GetName().Name,
        });
        web.Configuration.AddConfiguration(settings, shouldDisposeConfiguration: true);
        web.Logging.AddConsole(console => console.FormatterName = ReadableConsole.FormatterName).AddConsoleFormatter<ReadableConsole, ConsoleFormatterOptions>();
        web.Host.UseDefaultServiceProvider((context, provider) =>
        {
            provider.ValidateScopes = context.HostingEnvironment.IsDevelopment();
            // It reads the constructors of all services, and loads what they name. Who builds for Release has run it before.
            provider.ValidateOnBuild = provider.ValidateScopes && IsDebugBuild(FunctionAssembly(options));
        });
        return new HostComposition(options, hostJson, web);
    }

    /// <summary>From here in the pipeline on, <c>GetHttpContext()</c> has the request.</summary>
    public void UseWebApplication()
    {
        if (usesWebApplication)
            return;

        usesWebApplication = true;
        Web.Services.AddMvcCore();
        Pipeline.Add(next => context =>
        {
            if (context is EmbeddedFunctionContext { Event: HttpContext http })
                context.Items[HttpContextItem.Key] = http;

            return next(context);
        });
    }

    public IHost Build()
    {
        if (built)
            throw new InvalidOperationException("The application has already been built.");

        built = true;
        var problems = new Problems();
        var settings = HostSettings.Read(new HostJsonReader(hostJson, Web.Configuration, problems));
        LogLevels.Apply(Web.Logging, hostJson, Web.Configuration, problems);
        var connections = new StorageConnections(Web.Configuration);
        var keys = FunctionKeys.Read(Web.Configuration, problems);
        var listen = ListenAddress.Parse(options.Address);
        if (!listen.IsLoopback && !keys.AreSet)
            problems.Add($"Address is {options.Address}, which others can reach, and no key is set. Set {FunctionKeys.Section}__default to a random key of 16 characters or more, or listen on {ListenAddress.Localhost}.");

        var catalog = ReadCatalog(settings, connections, problems);
        if (catalog.HasHttp && !usesWebApplication)
            problems.Add("The app has HTTP functions and did not call ConfigureFunctionsWebApplication(). Call it on the builder, before UseMiddleware.");

        problems.ThrowIfAny();
        Web.Services.AddSingleton(keys).AddSingleton(listen);
        AddServices(settings, connections, catalog, keys);
        Listen(listen);
        var app = Web.Build();
        app.Use(app.Services.GetRequiredService<RunningRequests>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<LoopbackGuard>().InvokeAsync);
        app.UseRouting();
        if (listen.IsLoopback)
            app.Services.GetRequiredService<AdminEndpoints>().Map(app);
        app.Services.GetRequiredService<HttpFunctions>().Map(app);
        return new EmbeddedHostApplication(app, options, HostJsonKeys.FindMistakes(hostJson).ToArray());
    }

    private FunctionCatalog ReadCatalog(HostSettings settings, StorageConnections connections, Problems problems)
    {
        var names = new SettingNames(Web.Configuration);
        var queues = new QueueNames(names, connections, problems);
        var reader = new FunctionCatalogReader(
            new TriggerReader(settings.RoutePrefix, queues, names, problems),
            new ResultShapeReader(queues),
            new DisabledFunctions(Web.Configuration, problems),
            problems);
        return reader.Read(options.FunctionTypes ?? FunctionClasses.Of(FunctionAssembly(options)));
    }

    private void AddServices(HostSettings settings, StorageConnections connections, FunctionCatalog catalog, FunctionKeys keys)
    {
        var services = Web.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton(settings).AddSingleton(connections).AddSingleton(catalog).AddSingleton(Pipeline);
        services.AddSingleton(new EmbeddedHostInfo(settings.Queues, keys.AreSet));
        services.AddSingleton<RunningInvocations>().AddSingleton<FunctionExecutor>().AddSingleton<QueueOutputSender>();
        services.AddSingleton<HttpFunctions>().AddSingleton<RunningRequests>().AddSingleton<LoopbackGuard>().AddSingleton<KeyCheck>().AddSingleton<AdminEndpoints>().AddSingleton<ManualRuns>();
        services.AddSingleton(s => new QueueWakeUp(s.GetRequiredService<QueueListeners>()));
        services.AddSingleton<QueueListeners>().AddSingleton<TimerLoops>().AddSingleton<GracefulStop>();
        services.AddSingleton<IHostLifetime, SignalLifetime>().AddHostedService<TriggerService>();

        // The drain comes before this; it is only for the app's own hosted services.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddRouting();
    }

    private void Listen(ListenAddress listen) => Web.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        listen.Open(kestrel, options.Port);
    });

    private static bool IsDebugBuild(Assembly assembly) => assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private static Assembly FunctionAssembly(EmbeddedHostOptions options) =>
        options.FunctionAssembly ?? Assembly.GetEntryAssembly() ?? throw new EmbeddedHostException("The process has no entry assembly. Set FunctionAssembly in the options.");
}
