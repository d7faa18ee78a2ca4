namespace EmbeddedHost.Configuration;

/// <summary>A value of host.json or of a setting that overrides it.</summary>
/// <param name="Text">The value as written.</param>
/// <param name="Source">Where it is written, for messages.</param>
internal readonly record struct HostJsonValue(string Text, string Source);
