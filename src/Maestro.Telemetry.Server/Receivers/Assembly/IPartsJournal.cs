namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>Keeps points that are answered and not yet in the store. Not safe for concurrent use.</summary>
internal interface IPartsJournal
{
    /// <summary>Keeps the parts of rows; when it returns, they survive a crash of the process and of the machine.</summary>
    /// <param name="rows">The parts of each row.</param>
    /// <returns>The generation to settle once for each row, when that is in the store.</returns>
    /// <exception cref="IOException">None of them is kept.</exception>
    int Append(IReadOnlyList<IReadOnlyList<HeldPart>> rows);

    /// <summary>One row of this generation is in the store.</summary>
    void Settle(int generation);
}
