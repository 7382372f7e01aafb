using System.Runtime.CompilerServices;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>Examines what a server with this configuration stands on.</summary>
public static class Examinations
{
    /// <summary>
    /// Finding by finding. An area whose settings are wrong is left out: its errors are among the first findings.
    /// </summary>
    public static async IAsyncEnumerable<Finding> RunAsync(
        MaestroHost host, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var errors = host.CheckConfiguration();
        foreach (var error in errors)
        {
            yield return new Finding(ConfigurationArea, Verdict.Failed, error, "The message says what to change.");
        }

        if (errors.Count == 0)
        {
            yield return new Finding(ConfigurationArea, Verdict.Ok, "The configuration can be used.");
        }

        foreach (var type in new[]
        {
            typeof(CertificateExamination), typeof(AccessExamination), typeof(StoreExamination),
            typeof(InfluxExamination), typeof(OrchestratorExamination), typeof(PollingExamination),
            typeof(ListenerExamination),
        })
        {
            foreach (var finding in await RunAsync(host.Services, type, cancellationToken))
            {
                yield return finding;
            }
        }
    }

    public const string ConfigurationArea = "configuration";

    private static async Task<IReadOnlyList<Finding>> RunAsync(
        IServiceProvider services, Type type, CancellationToken cancellationToken)
    {
        try
        {
            var examination = (IExamination)ActivatorUtilities.CreateInstance(services, type);
            return await examination.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is OptionsValidationException || e.GetBaseException() is OptionsValidationException)
        {
            return [];
        }
    }
}
