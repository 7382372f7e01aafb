using System.CommandLine;
using Maestro.Telemetry.Cli.Common;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>The one executable: what it can be told to do.</summary>
internal static class MaestroCommand
{
    public static RootCommand Create() => TeachingHelp.In(new(
        "A fabric of firewalls that grows before the load arrives, and can say why.")
    {
        DemoCommand.Create(),
        ServeCommand.Create(),
        AgentCommand.Create(),
        SimulateCommand.Create(),
        ForecastCommand.Create(),
        BacktestCommand.Create(),
        ReplayCommand.Create(),
        TuneCommand.Create(),
        StatusCommand.Create(),
        PlanCommand.Create(),
        CheckCommand.Create(),
        ExplainCommand.Create(),
        ScheduleCommand.Create(),
        UpgradePlanCommand.Create(),
        RunwayCommand.Create(),
        ApproveCommand.Create(),
        RejectCommand.Create(),
        PauseCommand.Create(),
        ResumeCommand.Create(),
        CompletionCommand.Create(),
        ImportCommand.Create(),
        ExportCommand.Create(),
        MigrateCommand.Create(),
        DoctorCommand.Create(),
        TokenCommand.Create(),
        VersionCommand.Create(),
    });
}
