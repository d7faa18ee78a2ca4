using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Configuration;

/// <summary>Reads typed, bounded values; what is wrong is told with file or setting, value and limit.</summary>
internal sealed class HostJsonReader(HostJson file, IConfiguration configuration, Problems problems)
{
    public string Text(string path, string fallback) => file.Find(path, configuration)?.Text ?? fallback;

    public int Number(string path, int fallback, int min, int max)
    {
        if (file.Find(path, configuration) is not { } value)
            return fallback;

        if (int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;

        problems.Add($"{value.Source} is '{value.Text}'; it takes a whole number {(max == int.MaxValue ? $"of at least {min}" : $"from {min} to {max}")}.");
        return fallback;
    }

    public TimeSpan Time(string path, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        if (file.Find(path, configuration) is not { } value)
            return fallback;

        if (TimeSpan.TryParse(value.Text, CultureInfo.InvariantCulture, out var time) && time >= min && time <= max)
            return time;

        problems.Add($"{value.Source} is '{value.Text}'; it takes a time (hh:mm:ss) from {min:c} to {max:c}.");
        return fallback;
    }

    public T Choice<T>(string path, T fallback)
        where T : struct, Enum
    {
        if (file.Find(path, configuration) is not { } value)
            return fallback;

        if (Enum.TryParse<T>(value.Text, ignoreCase: true, out var choice) && Enum.IsDefined(choice))
            return choice;

        problems.Add($"{value.Source} is '{value.Text}'; it takes one of {string.Join(", ", Enum.GetNames<T>())}.");
        return fallback;
    }
}
