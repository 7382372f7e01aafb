namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Neighbouring rows of neighbouring SGMs: what one request has.</summary>
internal readonly record struct Block(int FirstSgm, int Sgms, int FirstRow, int Rows)
{
    public int Values => Sgms * Rows * PeerData.Metrics.Count;
}
