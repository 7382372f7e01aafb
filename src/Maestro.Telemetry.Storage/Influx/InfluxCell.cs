namespace Maestro.Telemetry.Storage.Influx;

/// <summary>One value of a row.</summary>
/// <param name="Number">A number as a double; NaN when it is none.</param>
/// <param name="Integer">A number without fraction or exponent, exactly.</param>
/// <param name="Text">A string; null when it is none.</param>
internal readonly record struct InfluxCell(double Number, long Integer, string? Text)
{
    public static readonly InfluxCell Null = new(double.NaN, 0, null);

    public bool IsNull => double.IsNaN(Number) && Text is null;
}
