import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { dataSource, type InfluxQuery } from './influx.js';

/** From a value on, the colour that it has; the first one has no beginning. */
export type Steps = [number | null, string][];

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export interface PanelOptions {
    title: string;
    description: string;
    unit?: string;
    decimals?: number;
    min?: number;
    max?: number;
    steps?: Steps;
    span?: number;
    height?: number;
    queries: InfluxQuery[];
}

interface Common<T> {
    title(title: string): T;
    description(description: string): T;
    datasource(ref: common.DataSourceRef): T;
    unit(unit: string): T;
    decimals(decimals: number): T;
    min(min: number): T;
    max(max: number): T;
    span(span: number): T;
    height(height: number): T;
    noValue(text: string): T;
    thresholds(thresholds: dashboard.ThresholdsConfigBuilder): T;
    targets(targets: InfluxQuery[]): T;
}

function prepare<T extends Common<T>>(panel: T, options: PanelOptions): T {
    panel
        .title(options.title)
        .description(options.description)
        .datasource(dataSource)
        .span(options.span ?? 12)
        .height(options.height ?? 8)
        .noValue('no data')
        .targets(options.queries.map((query, i) => query.as(letters[i]!)));
    if (options.unit !== undefined) {
        panel.unit(options.unit);
    }

    if (options.decimals !== undefined) {
        panel.decimals(options.decimals);
    }

    if (options.min !== undefined) {
        panel.min(options.min);
    }

    if (options.max !== undefined) {
        panel.max(options.max);
    }

    panel.thresholds(new dashboard.ThresholdsConfigBuilder()
        .mode(dashboard.ThresholdsMode.Absolute)
        .steps((options.steps ?? [[null, 'green']]).map(([value, color]) => ({ value, color }))));
    return panel;
}

export interface LineOptions extends PanelOptions {
    /** How each kind of line is drawn, by the name of the line as a regular expression. */
    styles?: { name: string; properties: dashboard.DynamicConfigValue[] }[];
    fill?: number;
    steplike?: boolean;
    stacked?: boolean;
    /** Draws the thresholds as lines. */
    showSteps?: boolean;
}

/** Lines over time. */
export function lines(options: LineOptions): timeseries.PanelBuilder {
    const panel = prepare(new timeseries.PanelBuilder(), options)
        .lineWidth(1)
        .fillOpacity(options.fill ?? 8)
        .showPoints(common.VisibilityMode.Never)
        .lineInterpolation(options.steplike === true ? common.LineInterpolation.StepAfter : common.LineInterpolation.Linear)
        .legend(new common.VizLegendOptionsBuilder()
            .displayMode(common.LegendDisplayMode.List)
            .placement(common.LegendPlacement.Bottom)
            .showLegend(true))
        .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending));
    if (options.stacked === true) {
        panel.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal));
    }

    if (options.showSteps === true) {
        panel.thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed));
    }

    for (const style of options.styles ?? []) {
        panel.overrideByRegexp(style.name, style.properties);
    }

    return panel;
}

/** One number, or one word, that can be read from across the room. */
export function figure(options: PanelOptions & { word?: boolean }): stat.PanelBuilder {
    const reduce = new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields(options.word === true ? '/.*/' : '');
    return prepare(new stat.PanelBuilder(), { span: 4, height: 4, ...options })
        .colorMode(common.BigValueColorMode.Value)
        .graphMode(options.word === true ? common.BigValueGraphMode.None : common.BigValueGraphMode.Area)
        .reduceOptions(reduce);
}

/** Rows that are read one by one. */
export function list(options: PanelOptions & { widths?: Record<string, number> }): table.PanelBuilder {
    const panel = prepare(new table.PanelBuilder(), { span: 24, ...options }).showHeader(true);
    for (const [name, width] of Object.entries(options.widths ?? {})) {
        panel.overrideByName(name, [{ id: 'custom.width', value: width }]);
    }

    return panel;
}

/** A line in a colour of its own, so that the same thing looks the same on every panel. */
export const drawn = {
    color: (color: string): dashboard.DynamicConfigValue => ({ id: 'color', value: { mode: 'fixed', fixedColor: color } }),
    dashed: (): dashboard.DynamicConfigValue => ({ id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 4] } }),
    width: (width: number): dashboard.DynamicConfigValue => ({ id: 'custom.lineWidth', value: width }),
    fill: (opacity: number): dashboard.DynamicConfigValue => ({ id: 'custom.fillOpacity', value: opacity }),
    below: (name: string): dashboard.DynamicConfigValue => ({ id: 'custom.fillBelowTo', value: name }),
    steplike: (): dashboard.DynamicConfigValue => ({ id: 'custom.lineInterpolation', value: 'stepAfter' }),
    onTheRight: (): dashboard.DynamicConfigValue => ({ id: 'custom.axisPlacement', value: 'right' }),
};
