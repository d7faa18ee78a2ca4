namespace Microsoft.Azure.Functions.Worker;

/// <summary>Whether a binding fills a parameter or sends a result.</summary>
public enum BindingDirection
{
    /// <summary>Fills a parameter.</summary>
    In,

    /// <summary>Sends a result.</summary>
    Out,
}
