using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.EmbeddedHost.Invocation;

public sealed class MiddlewareTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Scoped : IDisposable
    {
        public Guid Id { get; } = Guid.NewGuid();

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }

    public sealed class ScopeTeller(Signals signals) : IFunctionsWorkerMiddleware
    {
        private readonly Guid self = Guid.NewGuid();

        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            signals.Tell(context.InstanceServices.GetRequiredService<Scoped>().Id);
            context.Items["from middleware"] = self;
            await next(context);
        }
    }

    public sealed class ScopedFunctions(Scoped scoped, Signals signals)
    {
        [Function("Scope")]
        public void Scope([HttpTrigger("get")] HttpRequest request, FunctionContext context)
        {
            signals.Tell(scoped.Id);
            signals.Tell(request.HttpContext.RequestServices.GetRequiredService<Scoped>().Id);
            signals.Tell(context.Items["from middleware"]);
            signals.Tell(scoped);
        }
    }

    [Fact]
    public async Task Scope_MiddlewareFunctionAndRequestServices_IsOne()
    {
        var app = Scopes(typeof(ScopedFunctions));
        await using var host = await app.StartAsync();

        await host.Http.GetAsync("api/Scope", Cancellation);
        var first = await host.Signals.NextAsync(5);
        await host.Http.GetAsync("api/Scope", Cancellation);
        var second = await host.Signals.NextAsync(5);

        Assert.Equal(first[0], first[1]);
        Assert.Equal(first[0], first[2]);
        Assert.NotEqual(first[0], second[0]);

        // The middleware is one instance for all invocations.
        Assert.Equal(first[3], second[3]);
        Assert.True(((Scoped)first[4]!).Disposed);
    }

    public sealed class ScopedQueue(Scoped scoped, Signals signals)
    {
        [Function("Scope")]
        public void Scope([QueueTrigger("%Queue%")] string message) => signals.Tell(scoped.Id);
    }

    [Fact]
    public async Task Scope_OfAQueueFunction_IsOneForMiddlewareAndFunction()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("a", "b");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { batchSize = 1, newBatchThreshold = 0 }, typeof(ScopedQueue));
        app.Settings["Queue"] = queue.Name;
        app.Services = services => services.AddScoped<Scoped>();
        app.Configure = builder => builder.UseMiddleware<ScopeTeller>();
        await using var host = await app.StartAsync();

        var told = await host.Signals.NextAsync(4);

        Assert.Equal(told[0], told[1]);
        Assert.Equal(told[2], told[3]);
        Assert.NotEqual(told[0], told[2]);
    }

    public sealed class Path
    {
        [Function("Path")]
        public static string Run([HttpTrigger("get")] HttpRequest request, FunctionContext context)
        {
            context.Features.Get<List<string>>()!.Add("function");
            return string.Join(' ', context.Features.Get<List<string>>()!);
        }

        [Function("Other")]
        public static string Other([HttpTrigger("get")] HttpRequest request, FunctionContext context) => string.Join(' ', context.Features.Get<List<string>>()!);
    }

    public sealed class OnlyPath : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            context.Features.Get<List<string>>()!.Add("when");
            return next(context);
        }
    }

    [Theory]
    [InlineData("Path", "before:False after:True when function")]
    [InlineData("Other", "before:False after:True")]
    public async Task Pipeline_Order_IsThatOfRegistration(string function, string expected)
    {
        var app = new TestApp(typeof(Path))
        {
            Configure = builder =>
            {
                builder.Use(next => context =>
                {
                    context.Features.Set(new List<string> { $"before:{context.GetHttpContext() is not null}" });
                    return next(context);
                });
                builder.ConfigureFunctionsWebApplication();
                builder.Use(next => context =>
                {
                    context.Features.Get<List<string>>()!.Add($"after:{context.GetHttpContext() is not null}");
                    return next(context);
                });
                builder.UseWhen<OnlyPath>(context => context.FunctionDefinition.Name == "Path");
            },
        };
        await using var host = await app.StartAsync();

        Assert.Equal(expected, await host.Http.GetStringAsync($"api/{function}", Cancellation));
    }

    public sealed class Guard : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var http = context.GetHttpContext()!;
            if (http.Request.Query.ContainsKey("stop"))
            {
                http.Response.StatusCode = 401;
                await http.Response.WriteAsync("who are you?");
                return;
            }

            await next(context);

            // Nothing has been written yet: headers may still be set.
            http.Response.Headers["X-After"] = $"{http.Response.HasStarted}";
        }
    }

    [Fact]
    public async Task Middleware_AnswersItself_FunctionDoesNotRun()
    {
        var app = Scopes(typeof(ScopedFunctions));
        app.Configure += builder => builder.UseMiddleware<Guard>();
        await using var host = await app.StartAsync();

        var answer = await host.Http.GetAsync("api/Scope?stop", Cancellation);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("who are you?", await answer.Content.ReadAsStringAsync(Cancellation));
        await host.Signals.NextAsync();
        Assert.True(host.Signals.NothingTold);
    }

    [Fact]
    public async Task Middleware_AfterNext_TheResultIsNotYetWritten()
    {
        var app = Scopes(typeof(ScopedFunctions));
        app.Configure += builder => builder.UseMiddleware<Guard>();
        await using var host = await app.StartAsync();

        var answer = await host.Http.GetAsync("api/Scope", Cancellation);

        Assert.Equal("False", Assert.Single(answer.Headers.GetValues("X-After")));
    }

    private static TestApp Scopes(Type functions) => new(functions)
    {
        Services = services => services.AddScoped<Scoped>(),
        Configure = builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware<ScopeTeller>();
        },
    };
}
