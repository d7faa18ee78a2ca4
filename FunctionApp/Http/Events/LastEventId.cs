using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Events;

/// <summary>What a caller whose stream was cut has seen last: the header that browsers send by themselves, or <c>?lastEventId=</c> for others.</summary>
internal static class LastEventId
{
    private const string Header = "Last-Event-ID";

    /// <returns>0 if nothing was seen.</returns>
    /// <exception cref="BadParameterException">It is no number of an event.</exception>
    public static long Read(HttpRequest request)
    {
        var (name, text) = request.Headers[Header] is [{ Length: > 0 } header] ? (Header, header) : ("lastEventId", request.Query["lastEventId"].ToString());
        if (text.Length == 0)
            return 0;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadParameterException(name, $"'{name}' cannot be read: it takes the id of an event of this stream, a whole number.");
    }
}
