using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EmbeddedHost;
using EmbeddedHost.Configuration;
using EmbeddedHost.Hosting;
using FunctionApp.Accounts;
using FunctionApp.Accounts.Database;
using FunctionApp.Email.SendGrid;
using LocalServers;
using Lovage;
using Lovage.EntityFrameworkCore;
using ApiOptions = FunctionApp.Http.ApiOptions;

namespace FunctionApp.Tests.Docs.Settings;

/// <summary>A class of options.</summary>
/// <param name="Type">The class.</param>
/// <param name="Section">The section that it is bound to; null if code sets it.</param>
/// <param name="Name">Its name among the options of its type; null if it has none.</param>
internal sealed record OptionsClass(Type Type, string? Section, string? Name = null)
{
    public static IReadOnlyList<OptionsClass> All { get; } =
    [
        new(typeof(LovageOptions), "Lovage"),
        new(typeof(JobOutboxOptions), "Lovage:Outbox", typeof(AccountsDb).FullName),
        new(typeof(ApiOptions), ApiOptions.Section),
        new(typeof(AccountOptions), AccountOptions.Section),
        new(typeof(SendGridOptions), SendGridOptions.Section),
        new(typeof(EmbeddedHostOptions), Section: null),
        new(typeof(LocalServerOptions), Section: null),
    ];

    /// <summary>Named as options are, and no settings.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        // Said with each call.
        "EnqueueOptions",
        // The command line's.
        "DeadLetterOptions",
    ];

    /// <summary>Properties whose setting has another name, or another section.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["LovageOptions.StorageConnectionString"] = "AzureWebJobsStorage",
        ["LovageOptions.QueueName"] = "LovageQueue",
        ["LovageOptions.RedisConfiguration"] = "Redis",
        ["LocalServerOptions.DataFolder"] = "LocalServers:DataFolder",
        ["LocalServerOptions.NpmFolder"] = "LocalServers:NpmFolder",
    };

    /// <summary>What can be bound: readable, and written or initialised by anybody.</summary>
    public IEnumerable<PropertyInfo> Properties => Type.GetProperties().Where(property => property.GetMethod is not null && property.SetMethod is { IsPublic: true });

    /// <summary>How a property is called in code: the name of its row where no setting reaches it.</summary>
    public string InCode(PropertyInfo property) => $"{Type.Name}.{property.Name}";

    /// <summary>How its setting is called.</summary>
    public string Setting(PropertyInfo property) => Renamed.GetValueOrDefault(InCode(property)) ?? $"{Section}:{property.Name}";

    /// <summary>Whether what checks these options when the app starts takes the value.</summary>
    public bool Takes(PropertyInfo property, object value)
    {
        var options = Activator.CreateInstance(Type)!;
        property.SetValue(options, value);
        switch (options)
        {
            case EmbeddedHostOptions host:
                var problems = new Problems();
                OptionChecks.Check(host, problems);
                return Record.Exception(problems.ThrowIfAny) is null;
            case JobOutboxOptions outbox:
                return JobOutboxOptions.AreInBounds(outbox);
            default:
                return Validator.TryValidateProperty(value, new(options) { MemberName = property.Name }, null);
        }
    }
}
