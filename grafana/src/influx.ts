import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';

/** The data source that every panel asks; a variable, so that one set of files serves every installation. */
export const dataSource = { type: 'influxdb', uid: '${datasource}' };

/** What every query is limited to. */
export const inFabric = `$timeFilter AND "fabric" =~ /^\${fabric:regex}$/`;
export const inGroup = `${inFabric} AND "security_group" =~ /^\${group:regex}$/`;
export const inSgm = `${inFabric} AND "serial" =~ /^\${serial:regex}$/`;
export const inSite = `${inFabric} AND "site" =~ /^\${site:regex}$/`;

interface Target {
    refId: string;
    datasource: { type: string; uid: string };
    rawQuery: true;
    query: string;
    resultFormat: 'time_series' | 'table';
    alias?: string;
}

/** An InfluxQL query of a panel. */
export class InfluxQuery implements Builder<Dataquery> {
    private readonly target: Target;

    constructor(query: string, resultFormat: Target['resultFormat'], alias?: string) {
        this.target = { refId: 'A', datasource: dataSource, rawQuery: true, query, resultFormat };
        if (alias !== undefined) {
            this.target.alias = alias;
        }
    }

    /** The letter by which overrides and expressions speak of it. */
    as(refId: string): this {
        this.target.refId = refId;
        return this;
    }

    build(): Dataquery {
        return { ...this.target, _implementsDataqueryVariant: undefined } as unknown as Dataquery;
    }
}

/** Values over time, one line for each thing that the grouping tells apart. */
export function series(
    select: string, from: string, where: string, alias: string, by: string[] = [], fill = 'null',
): InfluxQuery {
    const groups = ['time($__interval)', ...by.map(tag => `"${tag}"`)].join(', ');
    return new InfluxQuery(`SELECT ${select} FROM ${from} WHERE ${where} GROUP BY ${groups} fill(${fill})`, 'time_series', alias);
}

/** One row for each thing that the grouping tells apart. */
export function rows(select: string, from: string, where: string, by: string[]): InfluxQuery {
    const groups = by.length === 0 ? '' : ` GROUP BY ${by.map(tag => `"${tag}"`).join(', ')}`;
    return new InfluxQuery(`SELECT ${select} FROM ${from} WHERE ${where}${groups}`, 'table');
}

/** The newest events of a measurement, newest first. */
export function events(select: string, from: string, where: string, limit = 200): InfluxQuery {
    return new InfluxQuery(`SELECT ${select} FROM ${from} WHERE ${where} ORDER BY time DESC LIMIT ${limit}`, 'table');
}

/** The last value alone. */
export function newest(field: string, from: string, where: string, by: string[] = [], alias = ''): InfluxQuery {
    const groups = by.length === 0 ? '' : ` GROUP BY ${by.map(tag => `"${tag}"`).join(', ')}`;
    return new InfluxQuery(`SELECT last("${field}") FROM ${from} WHERE ${where}${groups}`, 'time_series', alias || field);
}
