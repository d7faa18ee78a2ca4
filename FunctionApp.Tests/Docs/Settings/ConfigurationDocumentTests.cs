using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using EmbeddedHost;
using FunctionApp.Hosting;
using LocalServers;
using Lovage;
using Lovage.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.Docs.Settings;

/// <summary>docs/configuration.md and the classes of options say the same, both ways.</summary>
public sealed class ConfigurationDocumentTests
{
    // Made by a run of the program, or by the machine: the document says how.
    private static readonly string[] SaidInWords =
        ["EmbeddedHostOptions.ContentRoot", "LocalServerOptions.Output", "LocalServerOptions.OutputIsTerminal", "LocalServerOptions.Clock"];

    // Any that is not the default, where the range gives none.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["LovageQueue"] = "other-jobs",
        ["Redis"] = "localhost:1",
        ["Lovage:KeyPrefix"] = "other",
        ["LocalServers:DataFolder"] = "/other",
        ["LocalServers:NpmFolder"] = "/other/npm",
        ["SendGrid:ApiKey"] = "a-key",
        ["SendGrid:FromAddress"] = "ada@example.com",
        ["SendGrid:FromName"] = "Ada",
        ["SendGrid:Host"] = "https://other.example",
    };

    [Fact]
    public void OptionsClasses_OfAllProjects_AreThoseThatAreChecked() => Assert.Equal(
        new[] { typeof(LovageOptions), typeof(JobOutboxOptions), typeof(Composition), typeof(EmbeddedHostOptions), typeof(LocalServerOptions) }
            .SelectMany(type => type.Assembly.GetTypes()).Where(type => type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal)).Select(type => type.Name).Order(),
        OptionsClass.All.Select(options => options.Type.Name).Concat(OptionsClass.Others).Order());

    [Fact]
    public void Sections_ThatAreBound_AreThoseThatAreChecked() => Assert.Equal(
        ConfigurationRead.All.Where(read => read.Binds).Select(read => read.Key).Order(),
        OptionsClass.All.Select(options => options.Section).OfType<string>().Order());

    [Fact]
    public void Options_EachProperty_HasOneRow() => Assert.Empty(
        from options in OptionsClass.All
        from property in options.Properties
        where DocumentedSetting.Settings.Count(row => row.Names.Contains(options.Setting(property))) + DocumentedSetting.InCode.Count(row => row.Name == options.InCode(property)) != 1
        select $"{options.Setting(property)} ({options.InCode(property)})");

    [Fact]
    public void Rows_OfOptionsInCode_AreEachAProperty() =>
        Assert.Empty(DocumentedSetting.InCode.Select(row => row.Name).Except(OptionsClass.All.SelectMany(options => options.Properties.Select(options.InCode))));

    [Fact]
    public void Rows_Defaults_AreThoseOfNewInstances() => Assert.Empty(
        from option in Options()
        where !SaidInWords.Contains(option.Class.InCode(option.Property))
        let expected = Written(option.Property, option.Property.GetValue(Activator.CreateInstance(option.Class.Type)))
        let written = option.Row.Default.Replace(",", "", StringComparison.Ordinal)
        where written != expected
        select $"{option.Row.Name} is {expected}; the document says {written}");

    [Fact]
    public void Rows_DefaultsInWords_AreWords() => Assert.All(
        SaidInWords, name => Assert.Matches("^[a-z' ]+$", DocumentedSetting.Find(name)!.Default));

    [Fact]
    public void Rows_Ranges_AreThoseThatAreChecked() => Assert.Empty(
        from option in Options()
        let type = Nullable.GetUnderlyingType(option.Property.PropertyType) ?? option.Property.PropertyType
        where type == typeof(int) || type == typeof(double) || type == typeof(TimeSpan)
        let range = RangeText.Parse(option.Row.Range, type)
        from wrong in range is null
            ? option.Property.IsDefined(typeof(RangeAttribute)) ? ["has a range that is not said"] : Array.Empty<string>()
            : Wrong(option.Class, option.Property, range)
        select $"{option.Row.Name} {wrong}");

    [Fact]
    public void Rows_Ranges_AreWhatTheMessageOfTheErrorSays() => Assert.Empty(
        from option in Options()
        where option.Property.GetCustomAttribute<RangeAttribute>() is { } range && !range.ErrorMessage!.StartsWith($"{option.Class.Setting(option.Property)} takes {option.Row.Range}", StringComparison.Ordinal)
        select $"{option.Row.Name}: {option.Row.Range}");

    [Fact]
    public void Settings_OfOptions_ReachThem()
    {
        var options = Options().Where(option => DocumentedSetting.Settings.Contains(option.Row)).ToArray();
        var values = options.ToDictionary(option => option.Row.Name, option => Other(option.Class, option.Property, option.Row));
        var builder = EmbeddedFunctionsApplication.CreateBuilder(new()
        {
            FunctionAssembly = typeof(Composition).Assembly,
            UseLocalSettings = false,
            Settings = values.ToDictionary(value => value.Key, string? (value) => Convert.ToString(value.Value, CultureInfo.InvariantCulture)),
        });
        builder.Compose();
        using var host = builder.Build();

        Assert.NotEmpty(options);
        Assert.Empty(
            from option in options
            let bound = option.Property.GetValue(Bound(host.Services, option.Class))
            where !values[option.Row.Name].Equals(bound)
            select $"{option.Row.Name} was set to {values[option.Row.Name]} and is {bound}");
    }

    [Fact]
    public void LocalSettings_EachKey_HasARow() => Assert.All(
        JsonDocument.Parse(Repository.Read("local.settings.json")).RootElement.GetProperty("Values").EnumerateObject(),
        value => Assert.NotNull(DocumentedSetting.Find(value.Name.Replace("__", ":", StringComparison.Ordinal))));

    private static IEnumerable<(OptionsClass Class, PropertyInfo Property, DocumentedSetting Row)> Options() =>
        from options in OptionsClass.All
        from property in options.Properties
        let row = DocumentedSetting.Find(options.Setting(property)) ?? DocumentedSetting.Find(options.InCode(property))
        where row is not null
        select (options, property, row);

    private static string Written(PropertyInfo property, object? value) => value switch
    {
        _ when value is null || (value is IEnumerable many && !many.Cast<object>().Any()) => property.IsDefined(typeof(RequiredAttribute)) ? "required" : "none",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan time => $"`{time:c}`",
        int or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => $"`{value}`",
    };

    private static IEnumerable<string> Wrong(OptionsClass options, PropertyInfo property, RangeText range)
    {
        if (!options.Takes(property, range.From) || options.Takes(property, RangeText.Beside(range.From, -1)))
            yield return $"does not begin at {range.From}";
        if (range.To is { } last && (!options.Takes(property, last) || options.Takes(property, RangeText.Beside(last, 1))))
            yield return $"does not end at {last}";
    }

    private static object Other(OptionsClass options, PropertyInfo property, DocumentedSetting row)
    {
        var standard = property.GetValue(Activator.CreateInstance(options.Type));
        if (standard is bool flag)
            return !flag;
        if (Values.TryGetValue(row.Name, out var text))
            return text;
        var range = RangeText.Parse(row.Range, property.PropertyType)!;
        return range.From.Equals(standard) ? range.To! : range.From;
    }

    private static object Bound(IServiceProvider services, OptionsClass options)
    {
        if (options.Type == typeof(LocalServerOptions))
            return AppServers.Of(services.GetRequiredService<IConfiguration>(), startMissing: false);
        var monitor = typeof(IOptionsMonitor<>).MakeGenericType(options.Type);
        return monitor.GetMethod("Get")!.Invoke(services.GetRequiredService(monitor), [options.Name])!;
    }
}
