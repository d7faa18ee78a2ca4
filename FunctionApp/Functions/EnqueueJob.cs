using FunctionApp.Http;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace FunctionApp.Functions;

public sealed class EnqueueJob(JobClient jobs, IOptions<LovageOptions> options)
{
    [Function(nameof(EnqueueJob))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{name}")] HttpRequest request, string name, CancellationToken cancellation)
    {
        try
        {
            var arguments = await JsonBody.ReadAsync(request, options.Value.MaxArgumentBytes, cancellation);
            var id = await jobs.EnqueueAsync(name, arguments, cancellation: cancellation);
            return new AcceptedJob(id, name);
        }
        catch (BadBodyException e)
        {
            return Problems.BadBody(e);
        }
        catch (UnknownJobException e)
        {
            return Problems.UnknownJob(e);
        }
        catch (InvalidArgumentsException e)
        {
            return Problems.InvalidArguments(e);
        }
        catch (ArgumentsTooLargeException e)
        {
            return Problems.TooLarge(e.Message);
        }
        catch (JobStoreUnavailableException e)
        {
            return Problems.StoreUnavailable(e, request);
        }
    }
}
