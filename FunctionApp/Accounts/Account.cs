using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts;

/// <summary>Someone who registered.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>How they want to be called.</summary>
    public required string Name { get; set; }

    /// <summary>When they registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }
}
