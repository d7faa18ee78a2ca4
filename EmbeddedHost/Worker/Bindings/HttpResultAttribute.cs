namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the property of a result class that is the HTTP answer; the others may be output bindings.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class HttpResultAttribute : Attribute;
