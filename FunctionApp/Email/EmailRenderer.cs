using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Email;

/// <summary>Makes mails from templates.</summary>
public sealed class EmailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>Makes a mail: both forms and the subject.</summary>
    /// <typeparam name="TTemplate">The template.</typeparam>
    /// <param name="to">To whom.</param>
    /// <param name="parameters">The template's parameters by name: <c>new() { [nameof(Welcome.Name)] = "Ada", … }</c>.</param>
    /// <exception cref="ArgumentException">A parameter that the template needs is missing or null, or it has none of that name.</exception>
    public async Task<EmailMessage> RenderAsync<TTemplate>(EmailAddress to, Dictionary<string, object?> parameters)
        where TTemplate : IEmailTemplate
    {
        TemplateParameters.Check(typeof(TTemplate), parameters);
        // One for each mail: it keeps what it has rendered.
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await RenderAsync(renderer, typeof(TTemplate), parameters, MailFormat.Html);
        var text = await RenderAsync(renderer, typeof(TTemplate), parameters, MailFormat.Text);
        return new(to, TTemplate.Subject, html.Trim(), PlainText.Of(text));
    }

    private static Task<string> RenderAsync(HtmlRenderer renderer, Type template, Dictionary<string, object?> parameters, MailFormat format) =>
        renderer.Dispatcher.InvokeAsync(async () =>
        {
            var document = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(MailDocument.Format)] = format,
                [nameof(MailDocument.Template)] = template,
                [nameof(MailDocument.Parameters)] = parameters,
            });
            return (await renderer.RenderComponentAsync<MailDocument>(document)).ToHtmlString();
        });
}
