using System.Text;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Fuzz;

/// <summary>Makes requests by chance from the OpenAPI document, each wrong in one way, so that none may be obeyed.</summary>
internal sealed class FuzzRequests(JsonElement document, Random random)
{
    private static readonly (string, string) Json = ("Content-Type", "application/json");

    private static readonly string[] BadTexts =
        ["", " ", "-1", "-0", "1e999", "NaN", "0x10", "99999999999999999999", "1.5.5", "true", "null", "[]", "{}", "%00", "%0d%0aX-Evil:%201", "%ff%fe", "..%2f..", "'%20OR%201=1", "%F0%9F%92%A9", "1h30m", "2027-13-45", "10 s"];

    private static readonly string[] BadMethods = ["PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "PURGE", "G\u00c9T", "POST\u0001"];

    private readonly IReadOnlyList<ApiOperation> operations = ApiOperation.Read(document);
    private readonly BadBodies bodies = new(document, random);

    public FuzzRequest Next() => random.Next(8) switch
    {
        0 or 1 or 2 => BadArguments(),
        3 => BadBody(),
        4 => BadParameter(),
        5 => BadPath(),
        6 => BadMethod(),
        _ => BadHeader(),
    };

    // The arguments of a job, by its schema.
    private FuzzRequest BadArguments()
    {
        var job = Any(operations.Where(operation => operation.IsJob));
        var (why, json) = bodies.AgainstSchema(job.Body!.Value);
        return Post(job, why, Encoding.UTF8.GetBytes(json));
    }

    // What no schema would take.
    private FuzzRequest BadBody()
    {
        var operation = Any(operations.Where(operation => operation.Method == "POST"));
        var (why, contentType, body) = bodies.AgainstJson();
        var request = Post(operation, why, body) with { Headers = [("Content-Type", contentType)], IsChunked = random.Next(2) == 0 };
        return random.Next(10) == 0 ? request with { Why = $"broken off, {why}", BreaksOffAfter = random.Next(Math.Min(body.Length, 100)) } : request;
    }

    // What is right but for one parameter. Nothing that is asked for by a text like that may be obeyed.
    private FuzzRequest BadParameter()
    {
        var operation = Any(operations.Where(operation => operation.Query.Count > 0));
        var (parameter, value) = (Any(operation.Query), Any(BadTexts));
        var target = $"{PathOf(operation)}?{parameter}={value.Replace(' ', '+')}" + (random.Next(4) == 0 ? $"&{parameter}={value.Replace(' ', '+')}" : "");
        return new() { Why = $"parameter {parameter}", Method = operation.Method, Target = target, Headers = [Json], Body = operation.Method == "POST" ? bodies.Useless() : null, MayBeAnswered = operation.OnlyAsks };
    }

    private FuzzRequest BadPath()
    {
        var operation = Any(operations);
        var path = PathOf(operation);
        var target = random.Next(12) switch
        {
            0 => path.Replace("/api/", "/api/../", StringComparison.Ordinal),
            1 => path.Replace("/", "//", StringComparison.Ordinal),
            2 => path.Replace("/", "%2f", StringComparison.Ordinal),
            3 => path + "/",
            4 => path + "%00",
            5 => path + "/../../admin/functions",
            6 => path + "/" + new string('a', random.Next(1, 12_000)),
            7 => path + "%c0%ae%c0%ae",
            8 => $"http://elsewhere.example{path}",
            9 => path.Replace("/api/", "/api/%2e%2e/admin/", StringComparison.Ordinal),
            10 => path + ";x=y",
            _ => path + "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 1_500)).Select(i => $"p{i}=1")),
        };
        return new() { Why = "path", Method = operation.Method, Target = target, Headers = [Json], Body = operation.Method == "POST" ? bodies.Useless() : null, MayBeAnswered = operation.OnlyAsks };
    }

    private FuzzRequest BadMethod()
    {
        var operation = Any(operations);
        return new() { Why = "method", Method = Any(BadMethods), Target = PathOf(operation), Headers = [Json], Body = random.Next(2) == 0 ? bodies.Useless() : null };
    }

    private FuzzRequest BadHeader()
    {
        var operation = Any(operations.Where(operation => operation.Method == "POST"));
        var (name, value) = random.Next(9) switch
        {
            0 => (Any(operation.Headers.DefaultIfEmpty("Prefer")), Any(BadTexts)),
            1 => ("Idempotency-Key", new string('k', random.Next(201, 5_000))),
            2 => ("Idempotency-Key", "a\u0000b"),
            3 => ("Host", "elsewhere.example"),
            4 => ("Origin", "http://elsewhere.example"),
            5 => ("X-Long", new string('x', random.Next(20_000, 60_000))),
            6 => ("X Bad\u0001", "1"),
            7 => ("traceparent", "00-zz-zz-zz"),
            _ => ("Content-Length", "12, 13"),
        };
        return new() { Why = $"header {name}", Method = "POST", Target = PathOf(operation), Headers = [Json, (name, value)], Body = bodies.Useless() };
    }

    private FuzzRequest Post(ApiOperation operation, string why, byte[] body) =>
        new() { Why = why, Method = "POST", Target = PathOf(operation), Headers = [Json], Body = body };

    private string PathOf(ApiOperation operation) => "/api" + operation.Path
        .Replace("{id}", random.Next(3) == 0 ? Any(BadTexts).Replace(' ', '+') is { Length: > 0 } text ? text : "x" : Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
        .Replace("{name}", "no.such-job", StringComparison.Ordinal)
        .Replace("{asset}", "none.js", StringComparison.Ordinal);

    private T Any<T>(IEnumerable<T> choices)
    {
        var all = choices as IReadOnlyList<T> ?? [.. choices];
        return all[random.Next(all.Count)];
    }
}
