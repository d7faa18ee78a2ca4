namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What all binding attributes have in common.</summary>
public abstract class BindingAttribute : Attribute;
