using FunctionApp.Tests.Architecture;

namespace FunctionApp.Tests.Lovage;

public sealed class PublicApiTests
{
    [Fact]
    public void Lovage_PublicApi_IsTheCommittedOne() => PublicApi.AssertIsCommitted("Lovage");
}
