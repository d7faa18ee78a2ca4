using EmbeddedHost.Invocation;

namespace EmbeddedHost.Catalog;

/// <summary>Makes one argument of an invocation.</summary>
internal delegate object? ParameterBinder(EmbeddedFunctionContext context);
