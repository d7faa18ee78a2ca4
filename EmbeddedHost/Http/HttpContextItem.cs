namespace EmbeddedHost.Http;

/// <summary>Under which key an invocation's items hold its HttpContext.</summary>
internal static class HttpContextItem
{
    /// <summary>The official worker's key: middleware of others may look there.</summary>
    public const string Key = "HttpRequestContext";
}
