using FunctionApp.Email;

namespace FunctionApp.Tests.FunctionApp.Email;

internal static class Addresses
{
    public static EmailAddress Of(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException($"'{text}' is no address.");
}
