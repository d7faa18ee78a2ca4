using FunctionApp.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Http;

/// <summary>
/// Who may see and change the jobs of others. A function key does not say so: every caller has one. The platform's only higher level is the master key,
/// which rules the whole app, so the app checks keys of its own.
/// </summary>
public sealed class OperatorAccess
{
    internal const string Header = "x-operator-key";

    private readonly OperatorKeys keys;
    private readonly bool isOpen;

    private OperatorAccess(OperatorKeys keys, bool isOpen) => (this.keys, this.isOpen) = (keys, isOpen);

    /// <summary>
    /// Without any key everyone is an operator on a host that then serves this machine alone, and nobody on another. The host says which it is: the
    /// address of a caller would not tell, as on Azure all requests reach the worker over loopback.
    /// </summary>
    internal static OperatorAccess Read(IConfiguration configuration)
    {
        var keys = OperatorKeys.Read(configuration);
        return new(keys, !keys.AreSet && HostKeys.AreOff(configuration));
    }

    /// <summary>Whether the request comes from an operator.</summary>
    internal bool IsOperator(HttpRequest request) => isOpen || request.Headers[Header] is [{ } key] && keys.Contains(key);

    /// <summary>The answer to a caller who is no operator; null to one who is.</summary>
    internal IResult? Refuse(HttpRequest request)
    {
        if (IsOperator(request))
            return null;
        if (!keys.AreSet)
            return Problems.Forbidden(
                $"This is for operators, and no operator key is configured. Set {OperatorKeys.Section}__default to a random key of {OperatorKeys.ShortestKey} characters or more, and send it in the header {Header}.");
        return Problems.Forbidden(request.Headers.ContainsKey(Header)
            ? $"The operator key is none of {OperatorKeys.Section}. Send one of them in the header {Header}."
            : $"This is for operators. Send one of {OperatorKeys.Section} in the header {Header}.");
    }
}
