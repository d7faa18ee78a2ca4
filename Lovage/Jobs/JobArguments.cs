using System.Buffers;
using System.Text.Json;

namespace Lovage.Jobs;

/// <summary>Fits JSON arguments to a job's parameters: at the door to refuse bad ones, in the worker to call the method.</summary>
internal static class JobArguments
{
    /// <summary>Reads one value for each parameter; supplied parameters stay null. Collects every error, not just the first.</summary>
    public static object?[] Bind(JobDefinition job, JsonElement arguments)
    {
        try
        {
            return BindEach(job, arguments);
        }
        // Half a surrogate pair is let pass by the parser, and refused by whoever reads it.
        catch (InvalidOperationException e)
        {
            throw new InvalidArgumentsException(job.Name, [new("", $"hold text that is not Unicode: {e.Message}")]);
        }
    }

    private static object?[] BindEach(JobDefinition job, JsonElement arguments)
    {
        var errors = new List<ArgumentError>();
        var values = new object?[job.Parameters.Count];
        if (arguments.ValueKind == JsonValueKind.Array)
            return BindByPosition(job, arguments);
        if (arguments.ValueKind != JsonValueKind.Object)
            throw new InvalidArgumentsException(job.Name, [new("", $"must be an object of arguments by name, or an array by position, not {JsonTypeName.Of(arguments)}.")]);

        var seen = new bool[values.Length];
        foreach (var property in arguments.EnumerateObject())
        {
            var index = job.IndexOf(property.Name);
            if (index < 0)
                errors.Add(new(property.Name, $"is not an argument of this job; it takes {job.Signature}."));
            else if (seen[index])
                errors.Add(new(property.Name, "is given twice."));
            else if (!job.Parameters[index].TryRead(property.Value, out values[index], out var error))
                errors.Add(new(property.Name, error!));
            if (index >= 0)
                seen[index] = true;
        }
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = job.Parameters[i];
            if (seen[i] || parameter.IsSupplied)
                continue;
            if (parameter.IsOptional)
                values[i] = parameter.Default;
            else
                errors.Add(new(parameter.Name, $"is missing; it must be {JsonTypeName.Of(parameter.Type)}."));
        }
        return errors.Count == 0 ? values : throw new InvalidArgumentsException(job.Name, errors);
    }

    /// <summary>Checks the values of a typed call, which has their types right already.</summary>
    /// <exception cref="InvalidArgumentsException">One is not what its validation attributes ask for.</exception>
    public static void Check(JobDefinition job, IReadOnlyList<object?> values)
    {
        var errors = job.Parameters.Zip(values, (parameter, value) => (parameter.Name, Error: parameter.Check(value)))
            .Where(checkedOne => checkedOne.Error is not null).Select(wrong => new ArgumentError(wrong.Name, wrong.Error!)).ToArray();
        if (errors.Length > 0)
            throw new InvalidArgumentsException(job.Name, errors);
    }

    private static object?[] BindByPosition(JobDefinition job, JsonElement arguments)
    {
        var named = job.Arguments.ToArray();
        if (arguments.GetArrayLength() > named.Length)
            throw new InvalidArgumentsException(job.Name, [new("", $"are {arguments.GetArrayLength()} values; the job takes {job.Signature}.")]);
        var given = named.Zip(arguments.EnumerateArray()).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return BindEach(job, JsonSerializer.SerializeToElement(given));
    }

    /// <summary>Writes checked arguments compactly and in ASCII, as they are stored and sent.</summary>
    /// <exception cref="InvalidOperationException">They hold text that is not Unicode.</exception>
    public static ReadOnlyMemory<byte> Encode(JsonElement arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            arguments.WriteTo(writer);
        return buffer.WrittenMemory;
    }

    /// <summary>Writes the values of a typed call, each as its parameter declares it.</summary>
    public static ReadOnlyMemory<byte> Encode(JobDefinition job, IReadOnlyList<object?> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            for (var i = 0; i < values.Count; i++)
            {
                if (job.Parameters[i].IsSupplied)
                    continue;
                writer.WritePropertyName(job.Parameters[i].Name);
                JsonSerializer.Serialize(writer, values[i], job.Parameters[i].Type, JobJson.Options);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
