using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for HTTP requests.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Every method; the level is <see cref="AuthorizationLevel.Function"/>.</summary>
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <summary>The given methods. Beware: the level is <see cref="AuthorizationLevel.Anonymous"/>.</summary>
    /// <param name="methods">The HTTP methods that the function answers.</param>
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    /// <summary>Every method, at the given level.</summary>
    /// <param name="authLevel">Which key the function asks for.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The given methods, at the given level.</summary>
    /// <param name="authLevel">Which key the function asks for.</param>
    /// <param name="methods">The HTTP methods that the function answers.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template below the route prefix; the function's name if not set.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods that the function answers; all if null.</summary>
    public string[]? Methods { get; private set; }

    /// <summary>Which key the function asks for.</summary>
    public AuthorizationLevel AuthLevel { get; private set; }
}
