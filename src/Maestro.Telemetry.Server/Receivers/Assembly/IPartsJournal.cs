namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>Keeps points that are answered and not yet in the store. Not safe for concurrent use.</summary>
internal interface IPartsJournal
{
    /// <summary>Keeps the parts of a row; when it returns, they survive a crash of the process and of the machine.</summary>
    /// <returns>The generation to settle when the row is in the store.</returns>
    /// <exception cref="IOException">They are not kept.</exception>
    int Append(IReadOnlyList<HeldPart> parts);

    /// <summary>One row of this generation is in the store.</summary>
    void Settle(int generation);
}
