#pragma warning disable IDE0130 // A type of the official packages that the embedded host knows by name only.
namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Stands for the official class in the test that it is refused.</summary>
public sealed class HttpRequestData;
