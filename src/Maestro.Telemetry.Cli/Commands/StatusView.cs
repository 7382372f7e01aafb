using System.Globalization;
using Spectre.Console;
using Status = Maestro.Telemetry.Protocol.V1.Status;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>A status as tables.</summary>
internal static class StatusView
{
    public static void Print(IAnsiConsole console, Status status)
    {
        console.MarkupLineInterpolated(
            $"[bold]{status.Fabric}[/]  {status.Now?.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC  maestro {status.Version}");
        foreach (var problem in status.Problems)
        {
            console.MarkupLineInterpolated($"[red]problem[/] {problem}");
        }

        foreach (var pause in status.Pause?.Pauses ?? [])
        {
            console.MarkupLineInterpolated($"[yellow]paused[/] {PauseOptions.Scope(pause)} by {pause.Actor}: {pause.Reason}");
        }

        console.Write(Groups(status));
        console.Write(Gateways(status));
        PrintCommands(console, status);
        var ingest = status.Ingest;
        console.MarkupLineInterpolated(
            $"samples: {ingest.Accepted} accepted, {ingest.Refused} refused, {ingest.Stored} stored, {ingest.Merged} merged, {ingest.Duplicates} duplicate; {ingest.Streams} streams");
        if (ingest.Spooled > 0 || ingest.Expired > 0)
        {
            console.MarkupLineInterpolated(
                $"spool:   {ingest.Spooled} rows wait for the store, {ingest.Expired} were given up");
        }

        console.MarkupLineInterpolated(
            $"commands: {status.Commands.Add} add, {status.Commands.Remove} remove, {status.Commands.Move} move, {status.Commands.Failed} failed; {status.Forecasts} forecasts; {status.Breaches} breaches");
    }

    /// <summary>One row per Security Group.</summary>
    public static Table Groups(Status status)
    {
        var table = NewTable("group", "mode", "SGMs", "wanted", "demand", "capacity", "Mbit/s", "connections", "reason");
        foreach (var group in status.Groups)
        {
            table.AddRow(
                Text($"{group.Id} {group.Name}"),
                Text(group.Mode),
                Text($"{group.Members.Count}"),
                Text($"{group.DesiredMembers}"),
                Text($"{group.DemandCpuWork:F2}"),
                Text($"{group.CapacityCpuWork:F2}"),
                Text($"{group.BitsPerSecond / 1e6:N0}"),
                Text($"{group.ConcurrentConnections:N0}"),
                Text(group.ReasonCode));
        }

        return table;
    }

    private static Table Gateways(Status status)
    {
        var table = NewTable("SGM", "site", "group", "model", "state", "CPU %", "busiest %", "memory %", "Mbit/s", "conns", "last sample", "clock");
        foreach (var gateway in status.Gateways.OrderBy(g => g.SecurityGroup == 0).ThenBy(g => g.SecurityGroup).ThenBy(g => g.MemberId))
        {
            var age = gateway.LastSample is null
                ? "never"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(status.Now.ToDateTimeOffset() - gateway.LastSample.ToDateTimeOffset()).TotalSeconds:F0} s ago");
            table.AddRow(
                Text(gateway.Serial),
                Text($"{gateway.Site}"),
                Text(gateway.SecurityGroup == 0 ? "free" : $"{gateway.SecurityGroup}"),
                Text(gateway.Model),
                Text(gateway.State),
                Text($"{gateway.CpuMeanPercent:F1}"),
                Text($"{gateway.CpuBusiestCorePercent:F1}"),
                Text($"{gateway.MemoryUsedPercent:F1}"),
                Text($"{gateway.BitsPerSecond / 1e6:N1}"),
                Text($"{gateway.ConcurrentConnections:N0}"),
                Text(age),
                gateway.HasClockSkewSeconds ? Text($"{gateway.ClockSkewSeconds:+0.0;-0.0;0.0} s") : Text(""));
        }

        return table;
    }

    private static void PrintCommands(IAnsiConsole console, Status status)
    {
        foreach (var command in status.OpenCommands)
        {
            console.MarkupLineInterpolated(
                $"[bold]{command.State}[/] {command.Kind} {command.Serial} ({command.FromGroup} to {command.ToGroup}) {command.Id}: {command.Reason}");
        }
    }

    private static Table NewTable(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static Text Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    private static Text Text(string text) => new(text);
}
