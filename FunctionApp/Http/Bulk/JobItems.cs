using Lovage.Client;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Bulk;

/// <summary>The jobs of a request, one after the other, each checked at the door.</summary>
internal sealed class JobItems(ItemReader reader, JobClient jobs, ApiOptions api)
{
    private const int MaxNameCharacters = 200;

    // What a job's own request allows its arguments; here they are one deeper.
    private readonly int maxDepth = api.MaxDepth + 1;

    /// <summary>How many were read.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the next one; null if there is none.</summary>
    /// <exception cref="BadBodyException">The body cannot be read on, or has too many.</exception>
    public async ValueTask<JobItem?> ReadAsync(CancellationToken cancellation)
    {
        if (await reader.ReadAsync(cancellation) is not { } text)
            return null;
        if (Count == api.MaxJobsPerRequest)
        {
            throw new BadBodyException(
                StatusCodes.Status413PayloadTooLarge, $"The body has more than {api.MaxJobsPerRequest:N0} jobs (Api:MaxJobsPerRequest). Send the others in another request.");
        }
        var item = Read(text);
        Count++;
        return item;
    }

    private JobItem Read(ItemText text)
    {
        if (text.IsTooLarge)
            return Refused(null, TooLarge());
        using var document = JobText.Parse(text.Bytes, maxDepth);
        if (document is null)
            return Refused(null, new BadBodyException(StatusCodes.Status400BadRequest, $"The job's arguments are nested deeper than {api.MaxDepth} levels (Api:MaxDepth)."));
        string? name = null;
        try
        {
            (name, var arguments, var options) = JobItemParser.Read(document.RootElement);
            return new(name, jobs.Check(JobRequest.Of(name, arguments, options)), options, text.Bytes.Length);
        }
        catch (Exception e) when (e is BadBodyException or BadParameterException or ArgumentException)
        {
            return Refused(name, e);
        }
        // Half a surrogate pair is let pass by the parser, and refused by whoever reads it.
        catch (InvalidOperationException e)
        {
            return Refused(name, new BadBodyException(StatusCodes.Status400BadRequest, $"The job holds text that is not Unicode: {e.Message}"));
        }
    }

    // What a caller has made up is held until the answer: longer than any job's name it is none.
    private static JobItem Refused(string? name, Exception error) => new(name is { Length: > MaxNameCharacters } ? null : name, null, new(), 0, error);

    private static BadBodyException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "The job is larger than Lovage:MaxArgumentBytes allows its arguments. Store the data elsewhere and pass where it is.");
}
