namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>A collector that can be measured, ours or another.</summary>
internal interface IPeer
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What is sent to it and where that is kept.</summary>
    string How { get; }

    /// <summary>What is not installed, and how to install it; null when it can be run.</summary>
    string? Missing { get; }

    /// <summary>Whether it is measured how much memory connections take.</summary>
    bool TakesStreams { get; }

    /// <summary>Starts it with an empty store in this directory.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    Task<IRunningPeer> StartAsync(string directory, CancellationToken cancellationToken);
}
