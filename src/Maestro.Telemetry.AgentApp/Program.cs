using System.Runtime.InteropServices;
using Maestro.Telemetry.AgentApp;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await AgentApplication.RunAsync(args, Console.Out, Console.Error, stop.Token);

void Stop(PosixSignalContext context)
{
    // The process ends when what it holds is handed over, or on disk.
    context.Cancel = true;
    stop.Cancel();
}
