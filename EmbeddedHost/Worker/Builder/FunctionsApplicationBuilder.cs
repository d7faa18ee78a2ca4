using EmbeddedHost;
using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds a Functions app: services, configuration, logging and the pipeline around invocations.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostComposition composition;

    internal FunctionsApplicationBuilder(HostComposition composition) => this.composition = composition;

    private IHostApplicationBuilder Web => composition.Web;

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => Web.Properties;

    /// <inheritdoc cref="IHostApplicationBuilder.Configuration"/>
    public ConfigurationManager Configuration => composition.Web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => composition.Web.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => composition.Web.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => composition.Web.Metrics;

    /// <inheritdoc cref="IHostApplicationBuilder.Services"/>
    public IServiceCollection Services => composition.Web.Services;

    /// <summary>Finds the functions, checks the settings and builds the host. It listens once started.</summary>
    /// <exception cref="EmbeddedHostException">A function or a setting is wrong; the message names all that are.</exception>
    public IHost Build() => composition.Build();

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => Web.ConfigureContainer(factory, configure);

    /// <inheritdoc/>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        composition.Pipeline.Add(middleware);
        return this;
    }

    internal void UseWebApplication() => composition.UseWebApplication();
}
