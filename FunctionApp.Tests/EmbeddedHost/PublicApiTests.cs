using FunctionApp.Tests.Architecture;

namespace FunctionApp.Tests.EmbeddedHost;

public sealed class PublicApiTests
{
    [Fact]
    public void EmbeddedHost_PublicApi_IsTheCommittedOne() => PublicApi.AssertIsCommitted("EmbeddedHost");
}
