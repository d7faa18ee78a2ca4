using FunctionApp.Tests.Architecture;

namespace FunctionApp.Tests.Lovage.EntityFrameworkCore;

public sealed class PublicApiTests
{
    [Fact]
    public void LovageEntityFrameworkCore_PublicApi_IsTheCommittedOne() => PublicApi.AssertIsCommitted("Lovage.EntityFrameworkCore");
}
