using System.Reflection;
using System.Xml.Linq;

namespace FunctionApp.OpenApi;

/// <summary>The doc comments of the code, from the files that the compiler puts beside its assemblies. Without a file there are none.</summary>
internal sealed class DocComments
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> files = [];

    public DocComment Of(MethodInfo method) => new(Find(method.DeclaringType!.Assembly, DocCommentId.Of(method)));

    /// <summary>What is said of a property; of a record's, as the parameter that it comes from.</summary>
    public string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return new DocComment(Find(type.Assembly, $"P:{DocCommentId.Of(type)}.{property.Name}")).Summary
            ?? new DocComment(Find(type.Assembly, $"T:{DocCommentId.Of(type)}")).Parameter(property.Name);
    }

    private XElement? Find(Assembly assembly, string member)
    {
        if (!files.TryGetValue(assembly, out var members))
            files[assembly] = members = Read(Path.ChangeExtension(assembly.Location, ".xml"));
        return members.GetValueOrDefault(member);
    }

    private static Dictionary<string, XElement> Read(string file) => File.Exists(file)
        ? XDocument.Load(file).Descendants("member").DistinctBy(member => (string?)member.Attribute("name")).ToDictionary(member => (string)member.Attribute("name")!)
        : [];
}
