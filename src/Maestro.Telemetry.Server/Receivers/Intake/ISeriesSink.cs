namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>What a decoder tells, series by series and point by point.</summary>
/// <typeparam name="T">How the sink knows a series.</typeparam>
internal interface ISeriesSink<T>
    where T : class
{
    /// <summary>The series that was described with this key; null when none was, or it is forgotten.</summary>
    /// <param name="key">The series as the sender encodes it.</param>
    T? Find(ReadOnlySpan<byte> key);

    /// <summary>A series that was not found.</summary>
    T Describe(ReadOnlySpan<byte> key, SeriesDescription description);

    /// <exception cref="RequestTooLargeException">The request has too many points.</exception>
    void Add(T series, long timeMs, double value);

    /// <summary>Points that no row can hold.</summary>
    void Ignore(IgnoredReason reason, int points);
}
