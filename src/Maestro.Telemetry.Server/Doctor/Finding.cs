namespace Maestro.Telemetry.Server.Doctor;

/// <summary>One thing that was examined.</summary>
/// <param name="Area">What it belongs to, for example store.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Message">What was seen, in a sentence.</param>
/// <param name="Remedy">What to do; empty when nothing is to be done.</param>
public sealed record Finding(string Area, Verdict Verdict, string Message, string Remedy = "");
