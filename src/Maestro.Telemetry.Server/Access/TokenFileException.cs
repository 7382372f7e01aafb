namespace Maestro.Telemetry.Server.Access;

/// <summary>The tokens cannot be read or written; the message says what to do.</summary>
public sealed class TokenFileException : IOException
{
    public TokenFileException(string message)
        : base(message)
    {
    }

    public TokenFileException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
