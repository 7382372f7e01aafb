/** Alert rules as Grafana's provisioning reads them: a query, its newest value, and a threshold. */

const source = 'maestro-influxdb';
const docs = 'https://github.com/maestro-telemetry/maestro-telemetry/blob/main/docs/runbooks.md';

interface Alert {
    uid: string;
    title: string;
    summary: string;
    runbook: string;
    severity: 'critical' | 'warning';
    query: string;
    /** How the values of the time looked at become one. */
    reducer: 'last' | 'min' | 'max' | 'mean';
    above?: number;
    below?: number;
    /** How long it must hold. */
    for: string;
    /** Minutes looked at. */
    minutes: number;
    dashboard: string;
    noData?: 'NoData' | 'OK' | 'Alerting';
}

const alerts: Alert[] = [
    {
        uid: 'maestro-headroom',
        title: 'Headroom gone within the lead time',
        summary: 'SG {{ $labels.security_group }} is short with a probability of {{ $values.B.Value | humanizePercentage }} '
            + 'before an SGM that is ordered now can help.',
        runbook: 'headroom-gone-within-the-lead-time',
        severity: 'critical',
        query: 'SELECT last("risk") FROM "decision" WHERE $timeFilter GROUP BY time(5m), "security_group" fill(none)',
        reducer: 'last',
        above: 0.5,
        for: '5m',
        minutes: 60,
        dashboard: 'maestro-group',
        noData: 'OK',
    },
    {
        uid: 'maestro-short',
        title: 'Group short and nothing to add',
        summary: 'SG {{ $labels.security_group }} wants SGMs and does not get them.',
        runbook: 'pool-exhausted',
        severity: 'critical',
        query: 'SELECT max("is_short") FROM "decision" WHERE $timeFilter GROUP BY time(5m), "security_group" fill(none)',
        reducer: 'last',
        above: 0.5,
        for: '10m',
        minutes: 60,
        dashboard: 'maestro-autoscaler',
        noData: 'OK',
    },
    {
        uid: 'maestro-pool',
        title: 'Pool exhausted',
        summary: 'Site {{ $labels.site }} has no SGM left to add.',
        runbook: 'pool-exhausted',
        severity: 'warning',
        query: 'SELECT min("pool") FROM "site" WHERE $timeFilter GROUP BY time(1m), "site" fill(none)',
        reducer: 'last',
        below: 1,
        for: '10m',
        minutes: 15,
        dashboard: 'maestro-fabric',
    },
    {
        uid: 'maestro-stale',
        title: 'Telemetry stale',
        summary: 'The newest sample of SG {{ $labels.security_group }} is {{ $values.B.Value }} s old; nothing is removed meanwhile.',
        runbook: 'telemetry-stale',
        severity: 'warning',
        query: 'SELECT min("sample_age_seconds") FROM "group" WHERE $timeFilter GROUP BY time(1m), "security_group" fill(none)',
        reducer: 'last',
        above: 120,
        for: '2m',
        minutes: 15,
        dashboard: 'maestro-collector',
        noData: 'Alerting',
    },
    {
        uid: 'maestro-failed',
        title: 'Command failed',
        summary: 'A command failed: an Orchestrator refused it, or its SGM did not come to serve.',
        runbook: 'command-failed',
        severity: 'warning',
        query: 'SELECT spread("failed") FROM "fabric" WHERE $timeFilter GROUP BY "fabric"',
        reducer: 'max',
        above: 0,
        for: '0s',
        minutes: 30,
        dashboard: 'maestro-autoscaler',
    },
    {
        uid: 'maestro-spool',
        title: 'Spool filling',
        summary: 'More than half of the spool is used: the store is down or too slow.',
        runbook: 'spool-filling',
        severity: 'critical',
        query: 'SELECT max("spool_bytes") / max("spool_limit_bytes") FROM "collector" WHERE $timeFilter '
            + 'AND "spool_limit_bytes" > 0 GROUP BY time(1m) fill(none)',
        reducer: 'last',
        above: 0.5,
        for: '1m',
        minutes: 15,
        dashboard: 'maestro-collector',
        noData: 'OK',
    },
    {
        uid: 'maestro-untrusted',
        title: 'Forecast untrusted',
        summary: 'The forecast of {{ $labels.resource }} of SG {{ $labels.security_group }} is not trusted; the planner goes by measured demand.',
        runbook: 'forecast-untrusted',
        severity: 'warning',
        query: 'SELECT min("trusted") FROM "forecast_health" WHERE $timeFilter GROUP BY time(5m), "security_group", "resource" fill(none)',
        reducer: 'last',
        below: 1,
        for: '1h',
        minutes: 60,
        dashboard: 'maestro-forecast',
    },
    {
        uid: 'maestro-breach',
        title: 'Rule of the fabric broken',
        summary: 'A cap, a minimum or a single membership was seen broken.',
        runbook: 'rule-of-the-fabric-broken',
        severity: 'critical',
        query: 'SELECT spread("breaches") FROM "fabric" WHERE $timeFilter GROUP BY "fabric"',
        reducer: 'max',
        above: 0,
        for: '0s',
        minutes: 30,
        dashboard: 'maestro-fabric',
    },
];

function rule(alert: Alert): object {
    const evaluator = alert.above !== undefined
        ? { type: 'gt', params: [alert.above] }
        : { type: 'lt', params: [alert.below] };
    return {
        uid: alert.uid,
        title: alert.title,
        condition: 'C',
        for: alert.for,
        noDataState: alert.noData ?? 'NoData',
        execErrState: 'Error',
        labels: { severity: alert.severity, product: 'maestro' },
        annotations: { summary: alert.summary, runbook_url: `${docs}#${alert.runbook}`, __dashboardUid__: alert.dashboard },
        data: [
            {
                refId: 'A',
                relativeTimeRange: { from: alert.minutes * 60, to: 0 },
                datasourceUid: source,
                model: { refId: 'A', rawQuery: true, resultFormat: 'time_series', query: alert.query },
            },
            {
                refId: 'B',
                datasourceUid: '__expr__',
                model: { refId: 'B', type: 'reduce', expression: 'A', reducer: alert.reducer, settings: { mode: 'dropNN' } },
            },
            {
                refId: 'C',
                datasourceUid: '__expr__',
                model: { refId: 'C', type: 'threshold', expression: 'B', conditions: [{ evaluator }] },
            },
        ],
    };
}

export const alertRules = {
    apiVersion: 1,
    groups: [{ orgId: 1, name: 'maestro', folder: 'Maestro', interval: '60s', rules: alerts.map(rule) }],
};
