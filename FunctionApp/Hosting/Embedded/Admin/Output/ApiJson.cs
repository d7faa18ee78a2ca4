using System.Text;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>An answer of the HTTP API as text: what it is to a program does not depend on how it was asked for.</summary>
internal static class ApiJson
{
    public static async Task WriteAsync(IResult answer, IServiceProvider services, TextWriter output)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Response.Body = body;
        await answer.ExecuteAsync(http);
        await http.Response.BodyWriter.FlushAsync();
        await output.WriteLineAsync(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
    }
}
