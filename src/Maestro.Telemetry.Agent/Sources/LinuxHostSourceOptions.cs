using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>What a <see cref="LinuxHostSource"/> reads.</summary>
public sealed class LinuxHostSourceOptions
{
    /// <summary>Where the kernel's files are.</summary>
    /// <value>The default is /proc.</value>
    public string ProcRoot { get; set; } = "/proc";

    /// <summary>
    /// The interfaces whose traffic counts, by name; a name that ends with * stands for all that begin with it.
    /// </summary>
    /// <value>
    /// The default is empty: all but the loopback and those that carry a second time what another one carries, such as
    /// bonds, VLANs, bridges, tunnels and the ends of containers.
    /// </value>
    public IReadOnlyList<string> Interfaces { get; set; } = [];

    /// <summary>What CoreXL uses a core for, by the core's number. A core that is not named is of type OTHER.</summary>
    public IReadOnlyDictionary<int, CoreType> CoreTypes { get; set; } = new Dictionary<int, CoreType>();
}
