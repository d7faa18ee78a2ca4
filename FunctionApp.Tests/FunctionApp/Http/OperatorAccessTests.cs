using System.Net;
using FunctionApp.Configuration;
using FunctionApp.Http;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Http;

public sealed class OperatorAccessTests
{
    private const string FunctionKey = "function-key-0123456789";
    private const string First = "first-operator-key-01";
    private const string Second = "second-operator-key-01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Operation(OperatorAccess access)
    {
        [Function("Operation")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => access.Refuse(request) ?? Results.Text("done");
    }

    [Theory]
    [InlineData(First, true)]
    [InlineData(Second, true)]
    [InlineData("another-operator-key-01", false)]
    [InlineData("first-operator-key-0", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Refuse_KeysAreSet_LetsInWhoShowsOne(string? key, bool expected)
    {
        var access = Read(("OperatorKeys:alice", First), ("OperatorKeys:bob", Second));
        var request = Request(key);

        Assert.Equal(expected, access.IsOperator(request));
        var problem = access.Refuse(request);
        if (expected)
            Assert.Null(problem);
        else
            AssertForbidden(problem, "Send one of them in the header x-operator-key.", "Send one of OperatorKeys in the header x-operator-key.");
    }

    [Fact]
    public void IsOperator_KeyInTheQuery_IsNone()
    {
        var request = Request(null);
        request.QueryString = new($"?x-operator-key={First}&code={First}");

        Assert.False(Read(("OperatorKeys:alice", First)).IsOperator(request));
    }

    [Fact]
    public void IsOperator_TwoKeys_IsNone()
    {
        var request = Request(null);
        request.Headers[OperatorAccess.Header] = new([First, Second]);

        Assert.False(Read(("OperatorKeys:alice", First)).IsOperator(request));
    }

    [Fact]
    public void Refuse_NoKeyOfAnyKind_LetsEveryoneIn()
    {
        Assert.True(Read().IsOperator(Request(null)));
        Assert.Null(Read().Refuse(Request(null)));
    }

    [Fact]
    public void Refuse_FunctionKeysAlone_LetsNobodyInAndNamesTheSetting()
    {
        var access = Read(("FunctionKeys:default", FunctionKey));

        Assert.False(access.IsOperator(Request(FunctionKey)));
        AssertForbidden(access.Refuse(Request(FunctionKey)), "no operator key is configured. Set OperatorKeys__default to a random key of 16 characters or more");
    }

    [Theory]
    [InlineData("OperatorKeys:alice", "fifteen-letters", "OperatorKeys:alice has 15 characters; a key takes 16 characters or more")]
    [InlineData("OperatorKeys:alice", "", "OperatorKeys:alice is empty; ")]
    [InlineData("OperatorKeys:alice", "a key with some spaces", "OperatorKeys:alice has a character that a key cannot have; ")]
    [InlineData("OperatorKeys:alice:next", "nested-key-0123456789", "OperatorKeys:alice has settings below it; ")]
    [InlineData("OperatorKeys", "nameless-key-0123456789", "OperatorKeys has a value of its own; each key takes a name")]
    public void Read_KeyUnusable_IsRefusedAndNotPrinted(string setting, string key, string expected)
    {
        var exception = Assert.Throws<SettingException>(() => Read((setting, key)));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !exception.ToString().Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData(null, First, HttpStatusCode.Unauthorized)]
    [InlineData(FunctionKey, null, HttpStatusCode.Forbidden)]
    [InlineData(FunctionKey, FunctionKey, HttpStatusCode.Forbidden)]
    [InlineData(FunctionKey, First, HttpStatusCode.OK)]
    public async Task Function_ForOperators_NeedsBothKeys(string? functionKey, string? operatorKey, HttpStatusCode expected)
    {
        var app = new TestApp(typeof(Operation))
        {
            Configure = builder => builder.ConfigureFunctionsWebApplication().Services.AddSingleton(OperatorAccess.Read(builder.Configuration)),
        };
        app.Settings["FunctionKeys__default"] = FunctionKey;
        app.Settings["OperatorKeys__alice"] = First;
        await using var host = await app.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/Operation");
        request.Headers.Add("x-functions-key", functionKey);
        request.Headers.Add(OperatorAccess.Header, operatorKey);

        using var answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static OperatorAccess Read(params (string Setting, string Value)[] settings) => OperatorAccess.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Setting, (string?)s.Value))).Build());

    private static HttpRequest Request(string? key)
    {
        var request = new DefaultHttpContext().Request;
        if (key is not null)
            request.Headers[OperatorAccess.Header] = key;
        return request;
    }

    private static void AssertForbidden(IResult? answer, params string[] oneOf)
    {
        var problem = Assert.IsType<ProblemHttpResult>(answer);
        Assert.Equal((403, "urn:lovage:problem:forbidden"), (problem.StatusCode, problem.ProblemDetails.Type));
        Assert.Contains(oneOf, text => problem.ProblemDetails.Detail!.Contains(text, StringComparison.Ordinal));
    }
}
