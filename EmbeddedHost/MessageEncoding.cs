namespace EmbeddedHost;

/// <summary>How the text of a queue message is written.</summary>
public enum MessageEncoding
{
    /// <summary>As UTF-8 text.</summary>
    None,

    /// <summary>As base64 of the bytes.</summary>
    Base64,
}
