using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Catalog;

/// <summary>
/// The classes of an assembly that have functions, found in its metadata. Reflection would load every type, with the packages that their bases come from, and
/// make an object for every method: a fifth of a second of each start.
/// </summary>
internal static class FunctionClasses
{
    public static IEnumerable<Type> Of(Assembly assembly)
    {
        // Made in memory, or part of a bundle: there is no file to look into.
        if (assembly.Location is not { Length: > 0 } path)
            return assembly.GetTypes();
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var classes =
            from handle in metadata.CustomAttributes
            let mark = metadata.GetCustomAttribute(handle)
            where mark.Parent.Kind is HandleKind.MethodDefinition && IsMark(metadata, mark.Constructor)
            select metadata.GetMethodDefinition((MethodDefinitionHandle)mark.Parent).GetDeclaringType();
        return [.. classes.Distinct().Select(found => assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(found)))];
    }

    private static bool IsMark(MetadataReader metadata, EntityHandle constructor) => constructor.Kind is HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
        && IsMark(metadata, metadata.GetTypeReference((TypeReferenceHandle)type));

    private static bool IsMark(MetadataReader metadata, TypeReference type) =>
        metadata.StringComparer.Equals(type.Name, nameof(FunctionAttribute)) && metadata.StringComparer.Equals(type.Namespace, typeof(FunctionAttribute).Namespace!);
}
