namespace Maestro.Telemetry.Agent;

/// <summary>What became of rows that were offered to the outbox.</summary>
/// <param name="Rows">Rows taken.</param>
/// <param name="Opened">A batch was begun and waits for more: its time starts now.</param>
/// <param name="Ready">There is something to send.</param>
internal readonly record struct OutboxTaken(int Rows, bool Opened, bool Ready);
