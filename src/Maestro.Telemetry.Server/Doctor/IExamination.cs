namespace Maestro.Telemetry.Server.Doctor;

/// <summary>Examines one area of a configuration without starting the service, and changes nothing.</summary>
internal interface IExamination
{
    string Area { get; }

    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken);
}
