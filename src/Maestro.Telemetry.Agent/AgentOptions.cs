using Maestro.Telemetry.Protocol.Connecting;

namespace Maestro.Telemetry.Agent;

/// <summary>What one agent measures, and where it streams to.</summary>
public sealed class AgentOptions
{
    public const string SectionName = "Maestro:Agent";

    private const string TracePrefix = "trace:";

    /// <summary>The collector's address, for example http://127.0.0.1:50051.</summary>
    /// <value>Has to be given; http or https.</value>
    public string Server { get; set; } = "";

    /// <summary>A file with the access token that `maestro token create` has made for this agent; read again when it changes.</summary>
    /// <value>The default is empty: the agent does not say who it is.</value>
    public string TokenFile { get; set; } = "";

    /// <summary>PEM with the authorities that sign the collector's certificate.</summary>
    /// <value>The default is empty: those that the system trusts.</value>
    public string CaFile { get; set; } = "";

    /// <summary>PEM with the agent's client certificate.</summary>
    /// <value>The default is empty: none.</value>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM with the private key of <see cref="CertificateFile"/>.</summary>
    /// <value>The default is empty: it is in the same file.</value>
    public string KeyFile { get; set; } = "";

    /// <summary>The serial number of the SGM that the samples are of.</summary>
    /// <value>Has to be given; from 1 to 64 characters without spaces.</value>
    public string Serial { get; set; } = "";

    /// <summary>Names this agent across reconnects; another agent with the same serial is refused.</summary>
    /// <value>The default is "agent-" and the name of the host; from 1 to 128 characters.</value>
    public string AgentId { get; set; } = $"agent-{Environment.MachineName}";

    /// <summary>The site that the SGM is cabled to.</summary>
    /// <value>The default is 1; from 1 to 1000.</value>
    public int Site { get; set; } = 1;

    /// <summary>The Orchestrator that the SGM reports to.</summary>
    /// <value>The default is empty, which means the first one of the site; at most 64 characters.</value>
    public string Orchestrator { get; set; } = "";

    /// <summary>The Security Group that the SGM is in.</summary>
    /// <value>The default is 0, which means none; from 0 to 1000.</value>
    public int Group { get; set; }

    /// <summary>The appliance model, for example 16200.</summary>
    /// <value>The default is empty; at most 64 characters.</value>
    public string Model { get; set; } = "";

    /// <summary>The release, for example R82.</summary>
    /// <value>The default is empty; at most 64 characters.</value>
    public string Release { get; set; } = "";

    /// <summary>From one reading to the next.</summary>
    /// <value>The default is 10 seconds; from 1 second to 1 hour.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Where the values come from: <c>linux</c> for this host, or <c>trace:FILE</c> for a recorded demand.
    /// </summary>
    /// <value>The default is linux.</value>
    public string Source { get; set; } = "linux";

    /// <summary>How this host is measured, when <see cref="Source"/> is linux.</summary>
    public LinuxHostSourceOptions Linux { get; set; } = new();

    /// <summary>How the trace becomes load, when <see cref="Source"/> is a trace.</summary>
    public TraceSourceOptions Trace { get; set; } = new();

    /// <summary>How much is kept, and how long the agent waits for the collector.</summary>
    public TelemetrySenderOptions Sender { get; set; } = new();

    /// <summary>Whether what waits for the collector is kept on disk too.</summary>
    public JournalOptions Journal { get; set; } = new();

    /// <summary>The file of the trace; null when the source is not a trace.</summary>
    internal string? TraceFile =>
        Source.StartsWith(TracePrefix, StringComparison.Ordinal) ? Source[TracePrefix.Length..] : null;

    /// <summary>The way to the collector.</summary>
    /// <param name="token">The access token, when it comes from elsewhere than <see cref="TokenFile"/>.</param>
    public ServerConnectionOptions ToConnection(string token = "") => new()
    {
        Address = Server,
        TokenFile = TokenFile,
        Token = token,
        CaFile = CaFile,
        CertificateFile = CertificateFile,
        KeyFile = KeyFile,
    };

    /// <summary>Who the samples are of.</summary>
    public AgentIdentity ToIdentity() => new()
    {
        AgentId = AgentId,
        Serial = Serial,
        Site = Site,
        Orchestrator = Orchestrator.Length > 0 ? Orchestrator : $"{Site}_1",
        SecurityGroup = Group,
        Model = Model,
        Release = Release,
    };
}
