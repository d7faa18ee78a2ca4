using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Bulk;

/// <summary>The elements of a JSON array. It knows strings and brackets, no more: each element is parsed by itself.</summary>
internal sealed class ArrayScanner : IItemScanner
{
    private Place place = Place.BeforeArray;
    private bool inString;
    private bool isEscaped;
    private int depth;

    private enum Place
    {
        BeforeArray,
        BeforeFirst,
        BeforeNext,
        InItem,
        AfterArray,
    }

    public ScannedBytes Scan(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (start < bytes.Length && place != Place.InItem)
        {
            if (!JsonSpace.Is(bytes[start]))
                Enter(bytes[start]);
            // The first byte of an item is looked at once more, as part of it.
            start += place == Place.InItem ? 0 : 1;
        }
        for (var i = start; i < bytes.Length; i++)
        {
            if (Ends(bytes[i]))
                return new(start, i - start, i + 1, IsEnd: true);
        }
        return new(start, bytes.Length - start, bytes.Length, IsEnd: false);
    }

    public bool End() => place switch
    {
        Place.AfterArray => false,
        Place.BeforeArray => throw Bad("The body is empty: send an array of jobs, [] for none."),
        _ => throw Bad("The body ends before its array does."),
    };

    private void Enter(byte next) => place = (place, next) switch
    {
        (Place.BeforeArray, (byte)'[') => Place.BeforeFirst,
        (Place.BeforeArray, _) => throw Bad("The body is not an array: send [ and the jobs, or one job a line as application/x-ndjson."),
        (Place.BeforeFirst, (byte)']') => Place.AfterArray,
        (Place.AfterArray, _) => throw Bad("The body goes on after its array."),
        (_, (byte)',' or (byte)']') => throw Bad("The body is not JSON: there is a comma without a job after it."),
        _ => Place.InItem,
    };

    private bool Ends(byte next)
    {
        if (inString)
        {
            inString = isEscaped || next != '"';
            isEscaped = !isEscaped && next == '\\';
            return false;
        }
        switch (next)
        {
            case (byte)'"':
                inString = true;
                break;
            case (byte)'{' or (byte)'[':
                depth++;
                break;
            case (byte)'}' or (byte)']' when depth > 0:
                depth--;
                break;
            case (byte)',' when depth == 0:
                place = Place.BeforeNext;
                return true;
            case (byte)']':
                place = Place.AfterArray;
                return true;
        }
        return false;
    }

    private static BadBodyException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
