import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { dataSource, events, inFabric } from './influx.js';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';

export interface Row {
    title: string;
    panels: Builder<dashboard.Panel>[];
}

export interface Board {
    uid: string;
    title: string;
    description: string;
    variables: dashboard.QueryVariableBuilder[];
    rows: Row[];
    from?: string;
    to?: string;
    /** Marks the autoscaler's changes on every chart. */
    showDecisions?: boolean;
}

/** A variable whose values are those of a tag. */
export function variable(
    name: string, label: string, measurement: string, key: string, options: { where?: string; multi?: boolean } = {},
): dashboard.QueryVariableBuilder {
    const where = options.where === undefined ? '' : ` WHERE ${options.where}`;
    const query = `SHOW TAG VALUES FROM ${measurement} WITH KEY = "${key}"${where}`;
    const built = new dashboard.QueryVariableBuilder(name)
        .label(label)
        .datasource(dataSource)
        .query({ query, refId: `variable-${name}` })
        .definition(query)
        .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
        .sort(dashboard.VariableSort.NumericalAsc);
    return options.multi === true
        ? built.multi(true).includeAll(true).allValue('.*').current({ selected: true, text: 'All', value: '$__all' })
        : built;
}

export const fabricVariable = (): dashboard.QueryVariableBuilder => variable('fabric', 'Fabric', '"fabric"', 'fabric');

export const groupVariable = (multi: boolean): dashboard.QueryVariableBuilder => variable(
    'group', 'Security Group', '"group"', 'security_group', { where: '"fabric" =~ /^${fabric:regex}$/', multi });

export const siteVariable = (): dashboard.QueryVariableBuilder => variable(
    'site', 'Site', '"site"', 'site', { where: '"fabric" =~ /^${fabric:regex}$/', multi: true });

export const serialVariable = (): dashboard.QueryVariableBuilder => variable(
    'serial', 'SGM', '"member"', 'serial',
    { where: '"fabric" =~ /^${fabric:regex}$/ AND "security_group" =~ /^${group:regex}$/' });

/** The dashboard as Grafana reads it. */
export function build(board: Board): dashboard.Dashboard {
    const builder = new dashboard.DashboardBuilder(board.title)
        .uid(board.uid)
        .description(board.description)
        .tags(['maestro'])
        .editable()
        .version(1)
        .tooltip(dashboard.DashboardCursorSync.Crosshair)
        .time({ from: board.from ?? 'now-6h', to: board.to ?? 'now' })
        .timezone('browser')
        .refresh('30s')
        .withVariable(new dashboard.DatasourceVariableBuilder('datasource').label('Data source').type('influxdb'))
        .link(new dashboard.DashboardLinkBuilder('Maestro')
            .type(dashboard.DashboardLinkType.Dashboards)
            .tags(['maestro'])
            .asDropdown(true)
            .includeVars(true)
            .keepTime(true));
    board.variables.forEach(v => builder.withVariable(v));
    for (const row of board.rows) {
        builder.withRow(new dashboard.RowBuilder(row.title));
        row.panels.forEach(panel => builder.withPanel(panel));
    }

    const built = builder.build();
    (built.panels ?? []).forEach((panel, i) => {
        panel.id = i + 1;
    });
    if (board.showDecisions === true) {
        built.annotations = { list: [changes()] };
    }

    return built;
}

/** Adds, removals and moves. The data source reads the query from the annotation itself. */
function changes(): dashboard.AnnotationQuery {
    const query = events('"sentence", "reason"', '"decision"', `${inFabric} AND "action" != 'Hold'`);
    const { query: text } = query.build() as unknown as { query: string };
    const annotation = {
        name: 'Changes',
        datasource: dataSource,
        enable: true,
        iconColor: 'purple',
        query: text,
        textColumn: 'sentence',
        tagsColumn: 'reason',
        target: { refId: 'Anno', datasource: dataSource, rawQuery: true, query: text, textColumn: 'sentence', tagsColumn: 'reason', fromAnnotations: true },
    };
    return annotation as unknown as dashboard.AnnotationQuery;
}
