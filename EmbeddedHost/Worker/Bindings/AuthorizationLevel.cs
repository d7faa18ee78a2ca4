namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key an HTTP function asks for. The embedded host has keys of level <see cref="Function"/> only, and asks for them where some are set.</summary>
public enum AuthorizationLevel
{
    /// <summary>No key.</summary>
    Anonymous,

    /// <summary>A signed-in user.</summary>
    User,

    /// <summary>A key of the function or of the host.</summary>
    Function,

    /// <summary>A system key.</summary>
    System,

    /// <summary>The host's master key.</summary>
    Admin,
}
