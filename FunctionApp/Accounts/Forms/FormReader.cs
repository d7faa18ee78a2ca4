using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace FunctionApp.Accounts.Forms;

/// <summary>Makes a form of a JSON object. All fields are text; everything that is wrong is told at once, field by field.</summary>
internal static class FormReader
{
    /// <exception cref="BadFormException">A field is missing, unknown, no text, or out of its limits.</exception>
    public static TForm Read<TForm>(JsonElement body) where TForm : new()
    {
        try
        {
            return ReadFields<TForm>(body);
        }
        // The parser lets pass what cannot be text: half a surrogate pair, or bytes of another encoding.
        catch (InvalidOperationException)
        {
            throw new BadFormException("", "The body holds text that is not Unicode.");
        }
    }

    private static TForm ReadFields<TForm>(JsonElement body) where TForm : new()
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new BadFormException("", "The body must be a JSON object.");
        var errors = new Dictionary<string, string[]>();
        var form = new TForm();
        var fields = typeof(TForm).GetProperties().ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        foreach (var sent in body.EnumerateObject())
        {
            if (!fields.TryGetValue(sent.Name, out var field))
                errors[sent.Name] = [$"There is no such field; there are {string.Join(", ", fields.Keys)}."];
            else if (sent.Value.ValueKind is JsonValueKind.String)
                field.SetValue(form, sent.Value.GetString());
            else if (sent.Value.ValueKind is not JsonValueKind.Null)
                errors[sent.Name] = ["It must be text."];
        }
        foreach (var (name, field) in fields.Where(field => !errors.ContainsKey(field.Key)))
        {
            if (Check(field, field.GetValue(form)) is { Length: > 0 } wrong)
                errors[name] = wrong;
        }
        return errors.Count == 0 ? form : throw new BadFormException(errors);
    }

    private static string[] Check(PropertyInfo field, object? value)
    {
        var rules = field.GetCustomAttributes<ValidationAttribute>().ToArray();
        if (rules.OfType<RequiredAttribute>().Any(required => !required.IsValid(value)))
            return ["It is required."];
        return [.. rules.Where(rule => !rule.IsValid(value)).Select(rule => rule is MaxLengthAttribute most ? $"It takes {most.Length} characters at most." : rule.FormatErrorMessage(field.Name))];
    }
}
