using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>A query parameter that is <c>true</c> or <c>false</c>, and false if it is not given.</summary>
internal static class Flag
{
    /// <exception cref="BadParameterException">It is something else.</exception>
    public static bool Read(HttpRequest request, string name) => request.Query[name].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        _ => throw new BadParameterException(name, $"'{name}' cannot be read: it takes true or false."),
    };
}
